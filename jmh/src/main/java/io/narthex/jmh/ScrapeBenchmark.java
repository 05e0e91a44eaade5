package io.narthex.jmh;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.narthex.Counter;
import io.narthex.exposition.TextFormat;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * One page of many counters with two labels as Prometheus text, each counter changed since the page
 * before. Fair: same names, labels and values, into a stream that only counts bytes, whose number
 * is printed, by each library's own writer, without exemplars. Pages are compressed by the JDK with
 * its default level. The changes are made between two calls and not measured.
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
  private static final String HELP = "Orders taken.";

  /** Ours. */
  @State(Scope.Benchmark)
  public static class Ours {
    private Counter[] children;

    /** Makes the series. */
    @Setup
    public void create(final Room room, final ScrapePage page) {
      final Counter family =
          Counter.builder("orders_total")
              .help(HELP)
              .labelNames("path", "customer")
              .register(room.registry);
      children = new Counter[page.series];
      for (int i = 0; i < children.length; i++) {
        children[i] = family.labelValues(page.names.path(i), page.names.customer(i));
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
  }

  /** client_java's. */
  @State(Scope.Benchmark)
  public static class ClientJava {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private CounterDataPoint[] children;

    /** Makes the series. */
    @Setup
    public void create(final ScrapePage page) {
      final io.prometheus.metrics.core.metrics.Counter family =
          io.prometheus.metrics.core.metrics.Counter.builder()
              .name("orders_total")
              .help(HELP)
              .labelNames("path", "customer")
              .withoutExemplars()
              .register(registry);
      children = new CounterDataPoint[page.series];
      for (int i = 0; i < children.length; i++) {
        children[i] = family.labelValues(page.names.path(i), page.names.customer(i));
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

    void write(final OutputStream out) throws IOException {
      writer.write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    }
  }

  /** Micrometer's. */
  @State(Scope.Benchmark)
  public static class Micrometer {
    private final PrometheusMeterRegistry registry = Micrometers.registry();
    private io.micrometer.core.instrument.Counter[] children;

    /** Makes the series. */
    @Setup
    public void create(final ScrapePage page) {
      children = new io.micrometer.core.instrument.Counter[page.series];
      for (int i = 0; i < children.length; i++) {
        children[i] =
            io.micrometer.core.instrument.Counter.builder("orders")
                .description(HELP)
                .tags("path", page.names.path(i), "customer", page.names.customer(i))
                .register(registry);
        children[i].increment(Names.FIRST_VALUE);
      }
    }

    /** Changes every value. */
    @Setup(Level.Invocation)
    public void change() {
      for (final io.micrometer.core.instrument.Counter child : children) {
        child.increment();
      }
    }
  }

  /** Ours. */
  @Benchmark
  public void scrape(final Room room, final Ours ours, final ScrapePage page, final PageBytes bytes)
      throws IOException {
    TextFormat.PROMETHEUS.write(room.registry, page.out);
    bytes.pageBytes = page.out.taken();
  }

  /** client_java. */
  @Benchmark
  public void scrapeClientJava(final ClientJava peer, final ScrapePage page, final PageBytes bytes)
      throws IOException {
    peer.write(page.out);
    bytes.pageBytes = page.out.taken();
  }

  /** Micrometer. */
  @Benchmark
  public void scrapeMicrometer(final Micrometer peer, final ScrapePage page, final PageBytes bytes)
      throws IOException {
    peer.registry.scrape(page.out);
    bytes.pageBytes = page.out.taken();
  }

  /** Ours, compressed. */
  @Benchmark
  public void scrapeGzip(
      final Room room, final Ours ours, final ScrapePage page, final PageBytes bytes)
      throws IOException {
    try (OutputStream zipped = new GZIPOutputStream(page.out)) {
      TextFormat.PROMETHEUS.write(room.registry, zipped);
    }
    bytes.pageBytes = page.out.taken();
  }

  /** client_java, compressed. */
  @Benchmark
  public void scrapeGzipClientJava(
      final ClientJava peer, final ScrapePage page, final PageBytes bytes) throws IOException {
    try (OutputStream zipped = new GZIPOutputStream(page.out)) {
      peer.write(zipped);
    }
    bytes.pageBytes = page.out.taken();
  }
}
