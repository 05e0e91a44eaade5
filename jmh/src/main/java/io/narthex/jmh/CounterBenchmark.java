package io.narthex.jmh;

import io.narthex.Counter;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One increment of a kept child, by 1 and by a fraction, against client_java's data point and the
 * JDK's adders. Fair: all of them are striped, exact counts that any number of threads share, and a
 * caller holds the child in a field. An adder has no labels and is exported by nobody: it is the
 * floor.
 */
public class CounterBenchmark extends NanosPerCall {
  /** Ours. */
  @State(Scope.Benchmark)
  public static class Ours {
    Counter child;

    /** Makes the child. */
    @Setup
    public void create(final Room room) {
      child =
          Counter.builder("jobs_total")
              .labelNames("queue")
              .register(room.registry)
              .labelValues("mail");
    }
  }

  /** The peers. */
  @State(Scope.Benchmark)
  public static class Peers {
    final CounterDataPoint child =
        io.prometheus.metrics.core.metrics.Counter.builder()
            .name("jobs_total")
            .labelNames("queue")
            .build()
            .labelValues("mail");
    final LongAdder longs = new LongAdder();
    final DoubleAdder doubles = new DoubleAdder();
  }

  /** Ours, by 1. */
  @Benchmark
  public void inc(final Ours ours) {
    ours.child.inc();
  }

  /** Ours, by a fraction. */
  @Benchmark
  public void incHalf(final Ours ours) {
    ours.child.inc(0.5);
  }

  /** client_java, by 1. */
  @Benchmark
  public void incClientJava(final Peers peers) {
    peers.child.inc();
  }

  /** client_java, by a fraction. */
  @Benchmark
  public void incHalfClientJava(final Peers peers) {
    peers.child.inc(0.5);
  }

  /** The JDK, by 1. */
  @Benchmark
  public void incLongAdder(final Peers peers) {
    peers.longs.increment();
  }

  /** The JDK, by a fraction. */
  @Benchmark
  public void incHalfDoubleAdder(final Peers peers) {
    peers.doubles.add(0.5);
  }
}
