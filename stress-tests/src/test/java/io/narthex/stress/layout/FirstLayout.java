package io.narthex.stress.layout;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.Info;
import io.narthex.MetricRegistry;
import io.narthex.StateSet;
import io.narthex.Summary;
import io.narthex.exposition.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What the fixture of layout version 1 holds: something of everything that the layout knows. */
final class FirstLayout {
  /** Beside this class among the resources. */
  static final String FILE = "layout-1.nx.gz";

  /** Its page as it was when it was made, with all created times. */
  static final String PAGE = "layout-1.txt.gz";

  static final List<String> LABEL_VALUES =
      List.of("plain", "a\"quote", "a\\b", "a\nline", "漢字 🚀", "");

  /** More cells than the first segment has. */
  static final int WIDE_SERIES = 2;

  private static final int WIDE_BUCKETS = 900;

  /** More bytes of records than the first segment has. */
  private static final int LONG_SERIES = 20;

  private static final int LONG = 10_000;

  /** More names than the window of one key has words. */
  private static final int UNREGISTERED = 70;

  private FirstLayout() {}

  /** Counts as one of several processes after each other. */
  static void fill(final MetricRegistry registry, final int generation) {
    for (final String value : LABEL_VALUES) {
      counter(registry).labelValues(value, "whole").inc(3 + generation);
      counter(registry).labelValues(value, "fraction").inc(0.1);
      counter(registry).labelValues(value, "fraction").inc(0.2);
    }
    counter(registry).labelValues("zero", "z").inc(0);
    counter(registry).labelValues("removed", "z").inc(5);
    counter(registry).remove("removed", "z");
    counter(registry).labelValues("revived", "z").inc(5.75);
    counter(registry).remove("revived", "z");
    counter(registry).labelValues("revived", "z").inc(2.25);
    for (final GaugeMode mode : GaugeMode.values()) {
      gauge(registry, mode).labelValues("a").set(1 + 10 * generation);
    }
    for (int n = 0; n < WIDE_SERIES; n++) {
      wide(registry).labelValues("n" + n).observe(100 * n + generation);
    }
    histogram(registry).labelValues("kept").observe(0.2);
    histogram(registry).labelValues("removed").observe(7);
    histogram(registry).remove("removed");
    Summary.builder("summary").register(registry).observe(2.5);
    Info.builder("build").labelNames("version").register(registry).labelValues("1\"").set();
    StateSet.builder("state").states("on", "off").register(registry).set("off");
    for (int n = 0; n < LONG_SERIES; n++) {
      longLabels(registry).labelValues(n + "x".repeat(LONG)).inc(n);
    }
    for (int n = 0; n < UNREGISTERED; n++) {
      Counter.builder("unregistered").register(registry).inc();
      registry.unregister("unregistered");
    }
  }

  static Counter counter(final MetricRegistry registry) {
    return Counter.builder("varied").help("Counted.").labelNames("n", "kind").register(registry);
  }

  static Gauge gauge(final MetricRegistry registry, final GaugeMode mode) {
    return Gauge.builder("g_" + mode.name().toLowerCase(Locale.ROOT))
        .mode(mode)
        .labelNames("l")
        .register(registry);
  }

  static Histogram histogram(final MetricRegistry registry) {
    return Histogram.builder("histogram_seconds")
        .unit("seconds")
        .labelNames("n")
        .buckets(1e-5, 0.5, 1, 1e6)
        .register(registry);
  }

  static Histogram wide(final MetricRegistry registry) {
    return Histogram.builder("wide")
        .labelNames("n")
        .linearBuckets(1, 1, WIDE_BUCKETS)
        .register(registry);
  }

  private static Counter longLabels(final MetricRegistry registry) {
    return Counter.builder("long").labelNames("n").register(registry);
  }

  /** The lines that a registry exports, without what the engine meters of itself. */
  static List<String> page(final MetricRegistry registry) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TextFormat.OPENMETRICS.write(registry, out);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.contains("narthex_"))
        .toList();
  }
}
