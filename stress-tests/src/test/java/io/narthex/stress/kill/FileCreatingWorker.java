package io.narthex.stress.kill;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Ledger;
import java.nio.file.Path;

/**
 * Makes one file after the other, or takes part in making it, and counts once on each of many new
 * series in it. A row of the ledger is a file.
 *
 * <p>Arguments: the directory, the ledger.
 */
public final class FileCreatingWorker {
  static final int MOST_FILES = 2_000;
  static final int SERIES = 200;
  static final int COUNTED = 0;

  private FileCreatingWorker() {}

  /** See the class. */
  public static void main(final String[] arguments) {
    final Path directory = Path.of(arguments[0]);
    final Ledger ledger = Ledger.open(Path.of(arguments[1]), MOST_FILES);
    ChildMain.say("creating");
    for (int number = 0; number < MOST_FILES; number++) {
      try (MetricRegistry registry =
          MetricRegistry.create(CountingWorker.open(file(directory, number)))) {
        final Counter counter = Counter.builder("n_total").labelNames("n").register(registry);
        for (int n = 0; n < SERIES; n++) {
          counter.labelValues("n" + n).inc();
          ledger.store(number, COUNTED, n + 1);
        }
      }
    }
    ChildMain.say("out of files");
  }

  static Path file(final Path directory, final int number) {
    return directory.resolve(number + ".nx");
  }
}
