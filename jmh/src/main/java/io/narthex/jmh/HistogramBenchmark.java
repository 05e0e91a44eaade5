package io.narthex.jmh;

import com.codahale.metrics.MetricRegistry;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.narthex.Histogram;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One observation into a histogram with one label. Fair: all have the same bounds, keep what their
 * library lets a caller keep, and get the same 1,024 values by turns, spread evenly over the
 * buckets' orders of magnitude, so that no branch predictor learns them by heart. Micrometer keeps
 * a maximum of the last minutes besides, OpenTelemetry minimum and maximum. Dropwizard's histogram
 * is another thing: it has no buckets but a sample of whole numbers that favours the last minutes.
 */
public class HistogramBenchmark extends NanosPerCall {
  /** The bounds. */
  @State(Scope.Benchmark)
  public static class Bounds {
    /** 11 are those that Prometheus proposes; any other number is spread evenly up to 20 s. */
    @Param("11")
    public int bounds;

    double[] upper;

    /** Makes them. */
    @Setup
    public void create() {
      upper = new double[] {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
      if (bounds != upper.length) {
        upper = new double[bounds];
        Arrays.setAll(upper, i -> 0.002 * Math.pow(10, 4.0 * (i + 1) / bounds));
      }
    }
  }

  /** The values, and whose turn it is. */
  @State(Scope.Thread)
  public static class Values {
    private final double[] values = new double[1024];
    private final long[] micros = new long[values.length];
    private int last;

    /** Draws the values between 2 ms and 20 s. */
    @Setup
    public void draw() {
      final Random random = new Random(42);
      for (int i = 0; i < values.length; i++) {
        values[i] = 0.002 * Math.pow(10, 4 * random.nextDouble());
        micros[i] = Math.round(1e6 * values[i]);
      }
    }

    double next() {
      last = (last + 1) & (values.length - 1);
      return values[last];
    }

    long nextMicros() {
      last = (last + 1) & (values.length - 1);
      return micros[last];
    }
  }

  /** Ours. */
  @State(Scope.Benchmark)
  public static class Ours {
    Histogram child;

    /** Makes the child. */
    @Setup
    public void create(final Room room, final Bounds bounds) {
      child =
          Histogram.builder("request_seconds")
              .labelNames("path")
              .buckets(bounds.upper)
              .register(room.registry)
              .labelValues("/");
    }
  }

  /** client_java's, without the native buckets that it would have besides. */
  @State(Scope.Benchmark)
  public static class ClientJava {
    DistributionDataPoint child;

    /** Makes the child. */
    @Setup
    public void create(final Bounds bounds) {
      child =
          io.prometheus.metrics.core.metrics.Histogram.builder()
              .name("request_seconds")
              .labelNames("path")
              .classicOnly()
              .classicUpperBounds(bounds.upper)
              .withoutExemplars()
              .build()
              .labelValues("/");
    }
  }

  /** Micrometer's. */
  @State(Scope.Benchmark)
  public static class Micrometer {
    private final PrometheusMeterRegistry registry = Micrometers.registry();
    DistributionSummary child;

    /** Makes the child. */
    @Setup
    public void create(final Bounds bounds) {
      child =
          DistributionSummary.builder("request")
              .baseUnit("seconds")
              .tag("path", "/")
              .serviceLevelObjectives(bounds.upper)
              .register(registry);
    }
  }

  /** Dropwizard's. */
  @State(Scope.Benchmark)
  public static class Dropwizard {
    final com.codahale.metrics.Histogram child = new MetricRegistry().histogram("request./");
  }

  /** OpenTelemetry's. */
  @State(Scope.Benchmark)
  public static class OpenTelemetry {
    final Attributes path = Attributes.of(AttributeKey.stringKey("path"), "/");
    private final OpenTelemetries sdk = new OpenTelemetries();
    DoubleHistogram histogram;

    /** Makes the histogram. */
    @Setup
    public void create(final Bounds bounds) {
      histogram =
          sdk.meter()
              .histogramBuilder("request")
              .setUnit("s")
              .setExplicitBucketBoundariesAdvice(Arrays.stream(bounds.upper).boxed().toList())
              .build();
    }

    /** Ends the SDK. */
    @TearDown
    public void close() {
      sdk.close();
    }
  }

  /** Ours. */
  @Benchmark
  public void observe(final Ours ours, final Values values) {
    ours.child.observe(values.next());
  }

  /** client_java. */
  @Benchmark
  public void observeClientJava(final ClientJava peer, final Values values) {
    peer.child.observe(values.next());
  }

  /** Micrometer. */
  @Benchmark
  public void observeMicrometer(final Micrometer peer, final Values values) {
    peer.child.record(values.next());
  }

  /** OpenTelemetry. */
  @Benchmark
  public void observeOpenTelemetry(final OpenTelemetry peer, final Values values) {
    peer.histogram.record(values.next(), peer.path);
  }

  /** Dropwizard, in microseconds. */
  @Benchmark
  public void observeDropwizard(final Dropwizard peer, final Values values) {
    peer.child.update(values.nextMicros());
  }
}
