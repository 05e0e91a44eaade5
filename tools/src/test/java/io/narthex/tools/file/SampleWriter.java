package io.narthex.tools.file;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A process that counts into a file until its standard input ends: everything at once, so that who
 * reads meanwhile sees all that a file goes through. Says {@code ready} when it has begun.
 */
final class SampleWriter {
  private SampleWriter() {}

  public static void main(final String[] args) throws IOException {
    final Path file = Path.of(args[0]);
    final boolean busy = args[1].equals("busy");
    final MetricRegistry registry = Sample.registry(file);
    if (args[1].equals("all")) {
      Sample.write(registry);
    } else {
      Sample.setParts(registry, Double.parseDouble(args[2]));
    }
    if (busy) {
      final Thread thread = new Thread(() -> churn(registry), "churn");
      thread.setDaemon(true);
      thread.start();
    }
    System.out.println("ready");
    System.out.flush();
    while (System.in.read() >= 0) {
      // until the test is done with it, or gone
    }
    Runtime.getRuntime().halt(0);
  }

  private static void churn(final MetricRegistry registry) {
    final SplittableRandom random = new SplittableRandom(ProcessHandle.current().pid());
    final Counter counter = Sample.counter(registry);
    final Histogram histogram = Sample.histogram(registry);
    final Gauge sum =
        Gauge.builder("churn_sum").mode(GaugeMode.SUM).labelNames("l").register(registry);
    while (true) {
      final String label = "c" + random.nextInt(5_000);
      counter.labelValues(label).inc(random.nextInt(3) + (random.nextBoolean() ? 0 : 0.5));
      histogram.labelValues(label).observe(random.nextDouble());
      sum.labelValues("c" + random.nextInt(50)).set(random.nextInt());
      switch (random.nextInt(40)) {
        case 0 -> counter.remove("c" + random.nextInt(5_000));
        case 1 -> histogram.remove("c" + random.nextInt(5_000));
        case 2 -> sum.remove("c" + random.nextInt(50));
        case 3 -> {
          // Each time leaves a word in the window of one key, which makes the index grow.
          if (random.nextInt(200) > 0) {
            continue;
          }
          final String name = "churn_" + random.nextInt(3) + "_total";
          Counter.builder(name).register(registry).inc();
          registry.unregister(name);
        }
        default -> {}
      }
    }
  }
}
