package io.narthex.stress.room;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import java.nio.file.Path;

/**
 * Counts once on each of many label sets, half of them its own and half those of all workers.
 *
 * <p>Arguments: the mapped file, the cap, the number of label sets, the worker's number.
 */
public final class CappedWorker {
  private CappedWorker() {}

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    final int sets = Integer.parseInt(arguments[2]);
    try (MetricRegistry registry =
        MetricRegistry.create(
            MappedBackend.builder(Path.of(arguments[0]))
                .maxSeriesPerMetric(Integer.parseInt(arguments[1]))
                .open())) {
      final Counter counter = Counter.builder("n_total").labelNames("n").register(registry);
      ChildMain.say("ready");
      ChildMain.nextCommand();
      for (int i = 0; i < sets; i++) {
        counter.labelValues(i % 2 == 0 ? "all-" + i : arguments[3] + "-" + i).inc();
      }
    }
    ChildMain.say("counted");
  }
}
