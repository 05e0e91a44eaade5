package io.narthex.jmh;

import io.narthex.Counter;
import io.narthex.exposition.TextFormat;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One page of 100,000 counters with two labels as Prometheus text, each counter changed since the
 * page before, against client_java's registry and writer. Fair: same names, labels and values, into
 * a stream that only counts bytes, whose number is printed. The changes are made between two calls
 * and not measured.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      ForkFlags.AGRONA,
      ForkFlags.CHRONICLE_CHANNELS,
      ForkFlags.CHRONICLE_CLEANERS,
      ForkFlags.CHRONICLE_REFLECTION
    })
public class ScrapeBenchmark {
  /** Ours. */
  @State(Scope.Benchmark)
  public static class Ours {
    final CountingSink out = new CountingSink();
    private final Counter[] children = new Counter[Names.SERIES];
    private long size;

    /** Makes the series. */
    @Setup
    public void create(final Room room) {
      final Names names = new Names();
      final Counter family =
          Counter.builder("orders_total")
              .help("Orders taken.")
              .labelNames("path", "customer")
              .register(room.registry);
      for (int i = 0; i < Names.SERIES; i++) {
        children[i] = family.labelValues(names.path(i), names.customer(i));
        children[i].inc(Names.FIRST_VALUE);
      }
    }

    /** Changes every value. */
    @Setup(Level.Invocation)
    public void change() {
      for (final Counter child : children) {
        child.inc();
      }
    }

    /** Keeps the size of the page. */
    @TearDown(Level.Invocation)
    public void measure() {
      size = out.taken();
    }

    /** Says the size of the last page. */
    @TearDown
    public void report() {
      System.out.println("last page: " + size + " bytes");
    }
  }

  /** client_java's. */
  @State(Scope.Benchmark)
  public static class Peers {
    final CountingSink out = new CountingSink();
    final PrometheusRegistry registry = new PrometheusRegistry();
    final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final CounterDataPoint[] children = new CounterDataPoint[Names.SERIES];
    private long size;

    /** Makes the series. */
    @Setup
    public void create() {
      final Names names = new Names();
      final io.prometheus.metrics.core.metrics.Counter family =
          io.prometheus.metrics.core.metrics.Counter.builder()
              .name("orders_total")
              .help("Orders taken.")
              .labelNames("path", "customer")
              .register(registry);
      for (int i = 0; i < Names.SERIES; i++) {
        children[i] = family.labelValues(names.path(i), names.customer(i));
        children[i].inc(Names.FIRST_VALUE);
      }
    }

    /** Changes every value. */
    @Setup(Level.Invocation)
    public void change() {
      for (final CounterDataPoint child : children) {
        child.inc();
      }
    }

    /** Keeps the size of the page. */
    @TearDown(Level.Invocation)
    public void measure() {
      size = out.taken();
    }

    /** Says the size of the last page. */
    @TearDown
    public void report() {
      System.out.println("last page: " + size + " bytes");
    }
  }

  /** Ours. */
  @Benchmark
  public void scrape(final Room room, final Ours ours) throws IOException {
    TextFormat.PROMETHEUS.write(room.registry, ours.out);
  }

  /** client_java. */
  @Benchmark
  public void scrapeClientJava(final Peers peers) throws IOException {
    peers.writer.write(peers.out, peers.registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
  }
}
