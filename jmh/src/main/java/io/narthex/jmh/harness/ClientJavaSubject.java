package io.narthex.jmh.harness;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BiFunction;

/**
 * The peer, with the same names, labels and bounds; its histogram has classic buckets only. Narthex
 * has no exemplars, so it has none either: they would take memory for each series, and timers when
 * series are updated.
 */
final class ClientJavaSubject implements Subject {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final BiFunction<String, String, Runnable> children;

  ClientJavaSubject(final String kind) {
    this.children =
        switch (kind) {
          case "counter" -> counters();
          case "gauge" -> gauges();
          case "histogram" -> histograms();
          default -> throw new IllegalArgumentException("no kind " + kind);
        };
  }

  private BiFunction<String, String, Runnable> counters() {
    final Counter family =
        Counter.builder()
            .name("orders_total")
            .labelNames("path", "customer")
            .withoutExemplars()
            .register(registry);
    return (path, customer) -> {
      final CounterDataPoint child = family.labelValues(path, customer);
      return child::inc;
    };
  }

  private BiFunction<String, String, Runnable> gauges() {
    final Gauge family =
        Gauge.builder()
            .name("orders_open")
            .labelNames("path", "customer")
            .withoutExemplars()
            .register(registry);
    return (path, customer) -> {
      final GaugeDataPoint child = family.labelValues(path, customer);
      return () -> child.set(1);
    };
  }

  private BiFunction<String, String, Runnable> histograms() {
    final Histogram family =
        Histogram.builder()
            .name("order_seconds")
            .labelNames("path", "customer")
            .classicOnly()
            .classicUpperBounds(Subject.bounds())
            .withoutExemplars()
            .register(registry);
    return (path, customer) -> {
      final DistributionDataPoint child = family.labelValues(path, customer);
      return () -> child.observe(0.02);
    };
  }

  @Override
  public Runnable child(final String path, final String customer) {
    return children.apply(path, customer);
  }

  @Override
  public void page(final OutputStream out) throws IOException {
    writer.write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
  }

  @Override
  public long fileBytes() {
    return 0;
  }

  @Override
  public void close() {
    registry.clear();
  }
}
