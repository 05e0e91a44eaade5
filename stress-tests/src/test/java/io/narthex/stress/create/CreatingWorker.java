package io.narthex.stress.create;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Creates many series, all workers the same ones, each in an order of its own, and counts once on
 * each.
 *
 * <p>Arguments: the mapped file, the number of counters, the number of histograms, the worker's
 * number.
 */
public final class CreatingWorker {
  private CreatingWorker() {}

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    final int counters = Integer.parseInt(arguments[1]);
    final int histograms = Integer.parseInt(arguments[2]);
    final List<Integer> order = new ArrayList<>();
    for (int n = 0; n < counters + histograms; n++) {
      order.add(n);
    }
    Collections.shuffle(order, new Random(Long.parseLong(arguments[3])));
    ChildMain.say("ready");
    ChildMain.nextCommand();
    try (MetricRegistry registry =
        MetricRegistry.create(
            MappedBackend.builder(Path.of(arguments[0]))
                .initialSize(512 << 10)
                .allowSymbolicLinks()
                .open())) {
      final Counter counter = Counter.builder("n_total").labelNames("n", "kind").register(registry);
      final Histogram histogram =
          Histogram.builder("h").labelNames("n").buckets(1, 2).register(registry);
      for (final int n : order) {
        if (n < counters) {
          counter.labelValues(Integer.toString(n), "k" + n % 7).inc();
        } else {
          histogram.labelValues(Integer.toString(n)).observe(1);
        }
      }
    }
    ChildMain.say("created");
  }
}
