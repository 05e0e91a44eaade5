package io.narthex.jmh;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.exposition.TextFormat;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The same few calls on each backend, to choose one by: an increment, a gauge's set, an
 * observation, a look-up of two labels, and a page of 10,000 counters.
 */
public class BackendsBenchmark extends NanosPerCall {
  /** What is called. */
  @State(Scope.Benchmark)
  public static class Metrics {
    Counter counter;
    Counter labelled;
    Gauge gauge;
    Histogram histogram;

    /** Makes them. */
    @Setup
    public void create(final Room room) {
      counter = Counter.builder("jobs_total").register(room.registry);
      labelled =
          Counter.builder("requests_total").labelNames("method", "status").register(room.registry);
      gauge = Gauge.builder("depth").register(room.registry);
      histogram = Histogram.builder("latency_seconds").register(room.registry);
    }
  }

  /** What is scraped. */
  @State(Scope.Benchmark)
  public static class Page {
    private static final int SERIES = 10_000;

    final CountingSink out = new CountingSink();

    /** Makes the series. */
    @Setup
    public void create(final Room room) {
      final Names names = new Names(SERIES);
      final Counter family =
          Counter.builder("orders_total").labelNames("path", "customer").register(room.registry);
      for (int i = 0; i < SERIES; i++) {
        family.labelValues(names.path(i), names.customer(i)).inc(Names.FIRST_VALUE);
      }
    }
  }

  /** A counter, by 1. */
  @Benchmark
  public void inc(final Metrics metrics) {
    metrics.counter.inc();
  }

  /** A gauge. */
  @Benchmark
  public void set(final Metrics metrics) {
    metrics.gauge.set(3);
  }

  /** A histogram of 11 bounds. */
  @Benchmark
  public void observe(final Metrics metrics) {
    metrics.histogram.observe(0.02);
  }

  /** A counter of two labels, looked up. */
  @Benchmark
  public void lookUpAndInc(final Metrics metrics) {
    metrics.labelled.labelValues("GET", "200").inc();
  }

  /** A page as Prometheus text. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public void scrape(final Room room, final Page page) throws IOException {
    TextFormat.PROMETHEUS.write(room.registry, page.out);
  }
}
