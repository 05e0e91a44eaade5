package io.narthex.stress.environment;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Page;
import java.nio.file.Path;

/**
 * Counts into a file, or looks at it.
 *
 * <p>Arguments: the file, and whether only to look. For each line with a number it creates so many
 * series, counts once on each and on a first one, and tells the sum of them all as it sees it. It
 * fails if a series overflowed.
 */
public final class LostFileWorker {
  private final MetricRegistry registry;
  private final Counter counter;
  private int made;

  private LostFileWorker(final MetricRegistry registry, final Counter counter) {
    this.registry = registry;
    this.counter = counter;
  }

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    final Path file = Path.of(arguments[0]);
    final boolean viewer = Boolean.parseBoolean(arguments[1]);
    try (MetricRegistry registry =
        MetricRegistry.create(
            viewer
                ? MappedBackend.openReadOnly(file)
                : MappedBackend.builder(file).initialSize(512 << 10).open())) {
      final Counter counter =
          viewer ? null : Counter.builder("n").labelNames("n").register(registry);
      new LostFileWorker(registry, counter).obey();
    }
  }

  private void obey() throws InterruptedException {
    ChildMain.say("ready");
    String command = ChildMain.nextCommand();
    for (int answer = 1; !command.equals("exit"); answer++) {
      final int series = Integer.parseInt(command);
      for (int i = 0; i < series; i++) {
        counter.labelValues("n" + made).inc();
        counter.labelValues("n0").inc();
        made++;
      }
      final Page page = Page.of(registry);
      if (page.value("n_total{n=\"__overflow__\"}") != null) {
        throw new AssertionError("the file does not grow: " + made + " series overflowed");
      }
      if (page.sum("narthex_file_replaced") == 1) {
        ChildMain.say("the meter tells that the file was replaced");
      }
      ChildMain.say("sum " + answer + ": " + page.sum("n_total"));
      command = ChildMain.nextCommand();
    }
  }
}
