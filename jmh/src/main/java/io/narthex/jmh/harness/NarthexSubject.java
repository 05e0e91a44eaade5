package io.narthex.jmh.harness;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.exposition.TextFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BiFunction;

/** Ours, on whichever backend. */
final class NarthexSubject implements Subject {
  private final MetricRegistry registry;
  private final BiFunction<String, String, Runnable> children;

  NarthexSubject(final MetricRegistry registry, final String kind) {
    this.registry = registry;
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
        Counter.builder("orders_total").labelNames("path", "customer").register(registry);
    return (path, customer) -> {
      final Counter child = family.labelValues(path, customer);
      return child::inc;
    };
  }

  private BiFunction<String, String, Runnable> gauges() {
    final Gauge family =
        Gauge.builder("orders_open").labelNames("path", "customer").register(registry);
    return (path, customer) -> {
      final Gauge child = family.labelValues(path, customer);
      return () -> child.set(1);
    };
  }

  private BiFunction<String, String, Runnable> histograms() {
    final Histogram family =
        Histogram.builder("order_seconds")
            .labelNames("path", "customer")
            .buckets(Subject.bounds())
            .register(registry);
    return (path, customer) -> {
      final Histogram child = family.labelValues(path, customer);
      return () -> child.observe(0.02);
    };
  }

  @Override
  public Runnable child(final String path, final String customer) {
    return children.apply(path, customer);
  }

  @Override
  public void page(final OutputStream out) throws IOException {
    TextFormat.PROMETHEUS.write(registry, out);
  }

  @Override
  public long fileBytes() {
    return Totals.of(registry).getOrDefault("narthex_used_bytes", 0.0).longValue();
  }

  @Override
  public void close() {
    registry.close();
  }
}
