package io.narthex.stress.lifecycle;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.backend.mapped.WhenUnused;
import io.narthex.stress.harness.ChildMain;
import java.nio.file.Path;

/**
 * Opens a file when it is told to, counts, and stays until it is told to go.
 *
 * <p>Arguments: the mapped file, what to do if it is unused, how much to count.
 */
public final class OpeningWorker {
  private OpeningWorker() {}

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    ChildMain.say("ready");
    ChildMain.nextCommand();
    try (MetricRegistry registry =
        MetricRegistry.create(
            MappedBackend.builder(Path.of(arguments[0]))
                .whenUnused(WhenUnused.valueOf(arguments[1]))
                .open())) {
      Counter.builder("n_total").register(registry).inc(Integer.parseInt(arguments[2]));
      ChildMain.say("counted");
      ChildMain.nextCommand();
    }
  }
}
