package io.narthex.jmh;

import io.narthex.Counter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The creation of 100,000 counters with two labels, per series, against client_java. Fair: both
 * begin with an empty family and get the same prepared strings. A mapped file begins with its
 * default 4 MiB and grows while it is measured; what the kernel and the index need is in it.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Names.SERIES)
@Warmup(iterations = 5)
@Measurement(iterations = 7)
@Fork(
    value = 1,
    jvmArgsAppend = {
      ForkFlags.AGRONA,
      ForkFlags.CHRONICLE_CHANNELS,
      ForkFlags.CHRONICLE_CLEANERS,
      ForkFlags.CHRONICLE_REFLECTION
    })
public class CreateBenchmark {
  /** Ours, new for each shot. */
  @State(Scope.Benchmark)
  public static class Ours {
    final Names names = new Names();
    Counter family;

    /** Opens an empty registry in the place of the last one. */
    @Setup(Level.Iteration)
    public void open(final Room room) throws IOException {
      room.close();
      room.open();
      family =
          Counter.builder("orders_total").labelNames("path", "customer").register(room.registry);
    }
  }

  /** client_java's, new for each shot. */
  @State(Scope.Benchmark)
  public static class Peers {
    final Names names = new Names();
    io.prometheus.metrics.core.metrics.Counter family;

    /** Makes an empty family. */
    @Setup(Level.Iteration)
    public void open() {
      family =
          io.prometheus.metrics.core.metrics.Counter.builder()
              .name("orders_total")
              .labelNames("path", "customer")
              .build();
    }

    /** Lets the collector take the series of this shot. */
    @TearDown(Level.Iteration)
    public void drop() {
      family = null;
    }
  }

  /** Ours. */
  @Benchmark
  public void create(final Ours ours) {
    for (int i = 0; i < Names.SERIES; i++) {
      ours.family.labelValues(ours.names.path(i), ours.names.customer(i));
    }
  }

  /** client_java. */
  @Benchmark
  public void createClientJava(final Peers peers) {
    for (int i = 0; i < Names.SERIES; i++) {
      peers.family.labelValues(peers.names.path(i), peers.names.customer(i));
    }
  }
}
