package io.narthex.stress.damage;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.Info;
import io.narthex.MetricRegistry;
import io.narthex.StateSet;
import io.narthex.Summary;
import io.narthex.backend.mapped.MappedBackend;
import java.nio.file.Path;

/** A file with something of everything in it: all types, removed series, an unregistered family. */
final class SampleFile {
  static final int SERIES = 20;

  private SampleFile() {}

  static MappedBackend open(final Path file) {
    return MappedBackend.builder(file).initialSize(512 << 10).stripes(4).open();
  }

  static void write(final Path file) {
    try (MetricRegistry registry = MetricRegistry.create(open(file))) {
      final Counter counter = counter(registry);
      final Histogram histogram = histogram(registry);
      for (int n = 0; n < SERIES; n++) {
        counter.labelValues("n" + n).inc(n + 1);
        counter.labelValues("n" + n).inc(0.5);
        histogram.labelValues("n" + n).observe(n);
      }
      counter.remove("n3");
      histogram.remove("n4");
      gauge(registry).set(17);
      Gauge.builder("g_most_recent").mode(GaugeMode.MOST_RECENT).register(registry).set(1);
      Summary.builder("s").register(registry).observe(2);
      Info.builder("build").labelNames("v").register(registry).labelValues("1").set();
      StateSet.builder("state").states("on", "off").register(registry).set("on");
      Counter.builder("gone_total").register(registry).inc();
      registry.unregister("gone_total");
    }
  }

  static Counter counter(final MetricRegistry registry) {
    return Counter.builder("c_total").help("Counted.").labelNames("n").register(registry);
  }

  static Histogram histogram(final MetricRegistry registry) {
    return Histogram.builder("h").labelNames("n").buckets(1, 5, 10).register(registry);
  }

  static Gauge gauge(final MetricRegistry registry) {
    return Gauge.builder("g").register(registry);
  }
}
