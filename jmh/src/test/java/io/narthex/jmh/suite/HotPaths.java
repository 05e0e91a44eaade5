package io.narthex.jmh.suite;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.jmh.PrivateDirectory;
import java.io.IOException;

/** Goes each hot way until it is compiled; {@link InliningTest} reads what the compiler tells. */
final class HotPaths {
  private static final int CHILDREN = 16;
  private static final int ROUNDS = 40;
  private static final int CALLS = 10_000;

  private HotPaths() {}

  /** Runs it. */
  public static void main(final String[] args) throws IOException {
    final String[] path = new String[CHILDREN];
    final String[] method = new String[CHILDREN];
    final double[] seconds = new double[CHILDREN];
    for (int i = 0; i < CHILDREN; i++) {
      path[i] = "/" + i;
      method[i] = "m" + i;
      seconds[i] = 0.002 * Math.pow(10, i / 4.0);
    }
    try (PrivateDirectory directory = new PrivateDirectory();
        MetricRegistry registry = MetricRegistry.create(MappedBackend.open(directory.file()))) {
      final Counter counter = Counter.builder("jobs_total").register(registry);
      final Counter family =
          Counter.builder("requests_total").labelNames("path", "method").register(registry);
      final Gauge gauge = Gauge.builder("depth").register(registry);
      final Histogram histogram = Histogram.builder("request_seconds").register(registry);
      for (int i = 0; i < ROUNDS; i++) {
        inc(counter);
        lookUp(family, path, method);
        set(gauge);
        observe(histogram, seconds);
      }
    }
  }

  private static void inc(final Counter counter) {
    for (int i = 0; i < CALLS; i++) {
      counter.inc();
    }
  }

  private static void lookUp(final Counter family, final String[] path, final String[] method) {
    for (int i = 0; i < CALLS; i++) {
      final int child = i & (CHILDREN - 1);
      family.labelValues(path[child], method[child]).inc();
    }
  }

  private static void set(final Gauge gauge) {
    for (int i = 0; i < CALLS; i++) {
      gauge.set(i);
    }
  }

  private static void observe(final Histogram histogram, final double[] seconds) {
    for (int i = 0; i < CALLS; i++) {
      histogram.observe(seconds[i & (CHILDREN - 1)]);
    }
  }
}
