package io.narthex.stress.reader;

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
import java.util.List;

/** One of everything that a reader may get wrong. */
final class VariedSeries {
  /** A counter that has all of these, and each only once in the file. */
  static final List<String> LABEL_VALUES =
      List.of("plain", "a\"quote", "a\\backslash", "a\nnewline", "grüße 漢字 🚀", "", "{},= ");

  private VariedSeries() {}

  static MappedBackend open(final Path file) {
    return MappedBackend.builder(file).initialSize(512 << 10).open();
  }

  static void create(final MetricRegistry registry) {
    counters(registry);
    others(registry);
  }

  private static void counters(final MetricRegistry registry) {
    final Counter counter =
        Counter.builder("varied").help("Counted.").labelNames("n", "kind").register(registry);
    for (final String value : LABEL_VALUES) {
      counter.labelValues(value, "whole").inc(3);
      // Not 0.3: what is read has to be added up as it was counted.
      counter.labelValues(value, "fraction").inc(0.1);
      counter.labelValues(value, "fraction").inc(0.2);
    }
    counter.labelValues("zero", "z").inc(0);
    counter.labelValues("shown again", "z").inc(5);
    counter.remove("shown again", "z");
    counter.labelValues("shown again", "z").inc(0);
    counter.labelValues("removed", "z").inc(5);
    counter.remove("removed", "z");
    counter.labelValues("revived", "z").inc(5.75);
    counter.remove("revived", "z");
    counter.labelValues("revived", "z").inc(2);
    counter.labelValues("revived", "z").inc(0.25);
    Counter.builder("large_total").register(registry).inc(1e300);
    Counter.builder("small_total").register(registry).inc(1e-7);
    Counter.builder("unused_total").labelNames("n").register(registry);
    Counter.builder("unregistered_total").register(registry).inc();
    registry.unregister("unregistered_total");
  }

  private static void others(final MetricRegistry registry) {
    final Gauge gauge = Gauge.builder("gauge").labelNames("n").register(registry);
    gauge.labelValues("nan").set(Double.NaN);
    gauge.labelValues("infinite").set(Double.NEGATIVE_INFINITY);
    gauge.labelValues("small").set(-1.5e-9);
    gauge.labelValues("removed").set(3);
    gauge.remove("removed");
    Gauge.builder("not_set").mode(GaugeMode.MOST_RECENT).register(registry);
    final Histogram histogram =
        Histogram.builder("histogram")
            .labelNames("n")
            .buckets(1e-5, 0.5, 1, 1e6)
            .register(registry);
    for (final String value : List.of("kept", "removed", "revived")) {
      histogram.labelValues(value).observe(0.2);
      histogram.labelValues(value).observe(7);
    }
    histogram.remove("removed");
    histogram.remove("revived");
    histogram.labelValues("revived").observe(1);
    Summary.builder("summary").register(registry).observe(2.5);
    Info.builder("build").labelNames("version").register(registry).labelValues("1\"").set();
    StateSet.builder("state").labelNames("n").states("on", "o\"ff").register(registry);
    StateSet.builder("lamp").states("on", "off").register(registry).set("off");
  }
}
