package io.narthex.tools.file;

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
import java.util.Locale;

/** Writes files with something of everything in them. */
final class Sample {
  static final int SERIES = 20;
  static final int STRIPES = 4;
  static final String HOSTILE = "a\"b\\c\nd{e=\"f\"},é \u001b[31m";

  private Sample() {}

  static MappedBackend open(final Path file) {
    return MappedBackend.builder(file)
        .initialSize(512 << 10)
        .maxSize(64 << 20)
        .stripes(STRIPES)
        .open();
  }

  static MetricRegistry registry(final Path file) {
    return MetricRegistry.builder().backend(open(file)).constantLabel("zone", "a").build();
  }

  /** All types, removed series, and an unregistered metric; parts of this process too. */
  static void write(final MetricRegistry registry) {
    final Counter counter = counter(registry);
    final Histogram histogram = histogram(registry);
    for (int n = 0; n < SERIES; n++) {
      counter.labelValues("n" + n).inc(n + 1);
      counter.labelValues("n" + n).inc(0.1);
      histogram.labelValues("n" + n).observe(n / 10.0);
    }
    counter.labelValues(HOSTILE).inc(3);
    counter.labelValues("never");
    counter.remove("n3");
    histogram.remove("n4");
    counter.remove("n5");
    counter.labelValues("n5").inc(7.25);
    histogram.labelValues("n6").observe(100);
    histogram.remove("n6");
    histogram.labelValues("n6").observe(0.25);
    final Gauge shared =
        Gauge.builder("g_shared").help("Shared.").labelNames("l").register(registry);
    shared.labelValues("x").set(17.5);
    shared.labelValues("nan").set(Double.NaN);
    shared.labelValues("inf").set(Double.NEGATIVE_INFINITY);
    shared.labelValues("gone").set(1);
    shared.remove("gone");
    Gauge.builder("g_most_recent").mode(GaugeMode.MOST_RECENT).register(registry).set(1);
    Gauge.builder("g_never_set").mode(GaugeMode.MOST_RECENT).register(registry);
    Summary.builder("size_bytes").unit("bytes").register(registry).observe(512.5);
    StateSet.builder("breaker").states("open", "closed").register(registry).set("closed");
    Counter.builder("gone_total").labelNames("l").register(registry).labelValues("x").inc();
    registry.unregister("gone_total");
    setParts(registry, 1);
  }

  static Counter counter(final MetricRegistry registry) {
    return Counter.builder("requests_total")
        .help("Requests \"served\".\nAll.")
        .labelNames("l")
        .register(registry);
  }

  static Histogram histogram(final MetricRegistry registry) {
    return Histogram.builder("latency_seconds")
        .labelNames("l")
        .buckets(0.1, 0.5, 1)
        .register(registry);
  }

  /** This process's parts of gauges of all modes, and an info. */
  static void setParts(final MetricRegistry registry, final double value) {
    for (final GaugeMode mode : GaugeMode.values()) {
      if (mode != GaugeMode.SHARED && mode != GaugeMode.MOST_RECENT) {
        final Gauge gauge =
            Gauge.builder("parts_" + mode.name().toLowerCase(Locale.ROOT))
                .mode(mode)
                .labelNames("l")
                .register(registry);
        gauge.labelValues("x").set(value);
        gauge.labelValues("y").set(-value / 3);
      }
    }
    Info.builder("build").labelNames("version").register(registry).labelValues("1.2").set();
  }
}
