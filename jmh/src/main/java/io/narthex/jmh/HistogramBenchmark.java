package io.narthex.jmh;

import io.narthex.Histogram;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One observation into a kept child with the 11 classic bounds, against client_java's classic-only
 * histogram with the same ones. Fair: both get the same 1,024 values by turns, spread evenly over
 * the buckets' orders of magnitude, so that no branch predictor learns them by heart.
 */
public class HistogramBenchmark extends NanosPerCall {
  private static final double[] BOUNDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  };

  /** The values, and whose turn it is. */
  @State(Scope.Thread)
  public static class Values {
    private final double[] values = new double[1024];
    private int last;

    /** Draws the values between 2 ms and 20 s. */
    @Setup
    public void draw() {
      final Random random = new Random(42);
      for (int i = 0; i < values.length; i++) {
        values[i] = 0.002 * Math.pow(10, 4 * random.nextDouble());
      }
    }

    double next() {
      last = (last + 1) & (values.length - 1);
      return values[last];
    }
  }

  /** Ours. */
  @State(Scope.Benchmark)
  public static class Ours {
    Histogram child;

    /** Makes the child. */
    @Setup
    public void create(final Room room) {
      child =
          Histogram.builder("request_seconds")
              .labelNames("path")
              .buckets(BOUNDS)
              .register(room.registry)
              .labelValues("/");
    }
  }

  /** client_java's. */
  @State(Scope.Benchmark)
  public static class Peers {
    final DistributionDataPoint child =
        io.prometheus.metrics.core.metrics.Histogram.builder()
            .name("request_seconds")
            .labelNames("path")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            .build()
            .labelValues("/");
  }

  /** Ours. */
  @Benchmark
  public void observe(final Ours ours, final Values values) {
    ours.child.observe(values.next());
  }

  /** client_java. */
  @Benchmark
  public void observeClientJava(final Peers peers, final Values values) {
    peers.child.observe(values.next());
  }
}
