package io.narthex.jmh;

import com.codahale.metrics.MetricRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.narthex.Counter;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.LongCounter;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.agrona.concurrent.status.AtomicCounter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One increment of a counter with one label that all threads share, by 1 and by a fraction. Fair:
 * each caller keeps what its library lets him keep, the child or, with OpenTelemetry, the
 * attributes, and every count is exact. Agrona's counter has one cell and returns the old count,
 * all others are striped; an adder has no labels and nobody exports it. {@code incAtomic} is what
 * one atomic add to one cell costs on the machine. {@code incPlain} is the floor: an add that is
 * not atomic, which loses counts when threads share it.
 */
public class CounterBenchmark extends NanosPerCall {
  /** Ours. */
  @State(Scope.Benchmark)
  public static class Ours {
    Counter child;

    /** Makes the child, after its siblings. */
    @Setup
    public void create(final Room room, final Siblings siblings) {
      final Counter family =
          Counter.builder("jobs_total").labelNames("queue").register(room.registry);
      siblings.each(family::labelValues);
      child = family.labelValues("mail");
    }
  }

  /** How many children the family has. */
  @State(Scope.Benchmark)
  public static class Siblings {
    /** One of them is incremented. */
    @Param("1")
    public int children;

    void each(final Consumer<String> make) {
      for (int i = 1; i < children; i++) {
        make.accept("queue-" + i);
      }
    }
  }

  /** client_java's. */
  @State(Scope.Benchmark)
  public static class ClientJava {
    CounterDataPoint child;

    /** Makes the child, after its siblings. */
    @Setup
    public void create(final Siblings siblings) {
      final io.prometheus.metrics.core.metrics.Counter family =
          io.prometheus.metrics.core.metrics.Counter.builder()
              .name("jobs_total")
              .labelNames("queue")
              .withoutExemplars()
              .build();
      siblings.each(family::labelValues);
      child = family.labelValues("mail");
    }
  }

  /** Micrometer's. */
  @State(Scope.Benchmark)
  public static class Micrometer {
    final PrometheusMeterRegistry registry = Micrometers.registry();
    final io.micrometer.core.instrument.Counter child = Micrometers.jobs(registry, "mail");
  }

  /** Dropwizard's. */
  @State(Scope.Benchmark)
  public static class Dropwizard {
    final MetricRegistry registry = new MetricRegistry();
    final com.codahale.metrics.Counter child = registry.counter("jobs.mail");
  }

  /** OpenTelemetry's. */
  @State(Scope.Benchmark)
  public static class OpenTelemetry {
    final Attributes mail = Attributes.of(AttributeKey.stringKey("queue"), "mail");
    private final OpenTelemetries sdk = new OpenTelemetries();
    final LongCounter longs = sdk.meter().counterBuilder("jobs").build();
    final DoubleCounter doubles = sdk.meter().counterBuilder("work").ofDoubles().build();

    /** Ends the SDK. */
    @TearDown
    public void close() {
      sdk.close();
    }
  }

  /** Agrona's. */
  @State(Scope.Benchmark)
  public static class Agrona {
    AtomicCounter counter;
    private AgronaCounters counters;

    /** Maps a file. */
    @Setup
    public void open() throws IOException {
      counters = new AgronaCounters();
      counter = counters.counter("jobs in mail");
    }

    /** Deletes it. */
    @TearDown
    public void close() throws IOException {
      counters.close();
    }
  }

  /** The JDK's. */
  @State(Scope.Benchmark)
  public static class Jdk {
    final LongAdder longs = new LongAdder();
    final DoubleAdder doubles = new DoubleAdder();
    final AtomicLong atomic = new AtomicLong();
  }

  /** The floor. */
  @State(Scope.Benchmark)
  public static class Plain {
    PlainMemory memory;

    /** Maps a file. */
    @Setup
    public void open() throws IOException {
      memory = new PlainMemory();
    }

    /** Deletes it. */
    @TearDown
    public void close() throws IOException {
      memory.close();
    }
  }

  /** Ours, by 1. */
  @Benchmark
  public void inc(final Ours ours) {
    ours.child.inc();
  }

  /** client_java, by 1. */
  @Benchmark
  public void incClientJava(final ClientJava peer) {
    peer.child.inc();
  }

  /** Micrometer, by 1, which it adds as a double. */
  @Benchmark
  public void incMicrometer(final Micrometer peer) {
    peer.child.increment();
  }

  /** Dropwizard, by 1. */
  @Benchmark
  public void incDropwizard(final Dropwizard peer) {
    peer.child.inc();
  }

  /** OpenTelemetry, by 1. */
  @Benchmark
  public void incOpenTelemetry(final OpenTelemetry peer) {
    peer.longs.add(1, peer.mail);
  }

  /** Agrona, by 1. */
  @Benchmark
  public long incAgrona(final Agrona peer) {
    return peer.counter.increment();
  }

  /** The JDK's adder, by 1. */
  @Benchmark
  public void incLongAdder(final Jdk jdk) {
    jdk.longs.increment();
  }

  /** One atomic add, by 1. */
  @Benchmark
  public long incAtomic(final Jdk jdk) {
    return jdk.atomic.getAndIncrement();
  }

  /** No atomic add, by 1. */
  @Benchmark
  public void incPlain(final Plain plain) {
    plain.memory.inc(0);
  }

  /** Ours, by a fraction. */
  @Benchmark
  public void incHalf(final Ours ours) {
    ours.child.inc(0.5);
  }

  /** client_java, by a fraction. */
  @Benchmark
  public void incHalfClientJava(final ClientJava peer) {
    peer.child.inc(0.5);
  }

  /** Micrometer, by a fraction. */
  @Benchmark
  public void incHalfMicrometer(final Micrometer peer) {
    peer.child.increment(0.5);
  }

  /** OpenTelemetry, by a fraction. */
  @Benchmark
  public void incHalfOpenTelemetry(final OpenTelemetry peer) {
    peer.doubles.add(0.5, peer.mail);
  }

  /** The JDK's adder, by a fraction. */
  @Benchmark
  public void incHalfDoubleAdder(final Jdk jdk) {
    jdk.doubles.add(0.5);
  }
}
