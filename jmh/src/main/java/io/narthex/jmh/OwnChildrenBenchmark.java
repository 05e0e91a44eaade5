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
import org.agrona.concurrent.status.AtomicCounter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * One increment, by 1 and by a fraction, where each thread has a child of its own in one family, as
 * workers do that have their name as a label. Fair: every thread makes its child itself, so that a
 * peer's objects come from that thread's part of the heap and share no cache line with another's;
 * ours lie in the file as the engine lays them there. Otherwise as {@link CounterBenchmark}.
 */
public class OwnChildrenBenchmark extends NanosPerCall {
  /** Ours. */
  @State(Scope.Benchmark)
  public static class Ours {
    private Counter family;

    /** Makes the family. */
    @Setup
    public void create(final Room room) {
      family = Counter.builder("jobs_total").labelNames("queue").register(room.registry);
    }
  }

  /** One of ours. */
  @State(Scope.Thread)
  public static class OurChild {
    Counter child;

    /** Makes it. */
    @Setup
    public void create(final Ours ours, final ThreadParams thread) {
      child = ours.family.labelValues(queue(thread));
    }
  }

  /** client_java's. */
  @State(Scope.Benchmark)
  public static class ClientJavas {
    private final io.prometheus.metrics.core.metrics.Counter family =
        io.prometheus.metrics.core.metrics.Counter.builder()
            .name("jobs_total")
            .labelNames("queue")
            .withoutExemplars()
            .build();
  }

  /** One of client_java's. */
  @State(Scope.Thread)
  public static class ClientJava {
    CounterDataPoint child;

    /** Makes it. */
    @Setup
    public void create(final ClientJavas all, final ThreadParams thread) {
      child = all.family.labelValues(queue(thread));
    }
  }

  /** Micrometer's. */
  @State(Scope.Benchmark)
  public static class MicrometerRegistry {
    private final PrometheusMeterRegistry registry = Micrometers.registry();
  }

  /** One of Micrometer's. */
  @State(Scope.Thread)
  public static class Micrometer {
    io.micrometer.core.instrument.Counter child;

    /** Makes it. */
    @Setup
    public void create(final MicrometerRegistry all, final ThreadParams thread) {
      child = Micrometers.jobs(all.registry, queue(thread));
    }
  }

  /** Dropwizard's. */
  @State(Scope.Benchmark)
  public static class DropwizardRegistry {
    private final MetricRegistry registry = new MetricRegistry();
  }

  /** One of Dropwizard's. */
  @State(Scope.Thread)
  public static class Dropwizard {
    com.codahale.metrics.Counter child;

    /** Makes it. */
    @Setup
    public void create(final DropwizardRegistry all, final ThreadParams thread) {
      child = all.registry.counter(MetricRegistry.name("jobs", queue(thread)));
    }
  }

  /** OpenTelemetry's. */
  @State(Scope.Benchmark)
  public static class OpenTelemetry {
    private final OpenTelemetries sdk = new OpenTelemetries();
    final LongCounter counter = sdk.meter().counterBuilder("jobs").build();
    final DoubleCounter doubles = sdk.meter().counterBuilder("work").ofDoubles().build();

    /** Ends the SDK. */
    @TearDown
    public void close() {
      sdk.close();
    }
  }

  /** What stands for a child with OpenTelemetry. */
  @State(Scope.Thread)
  public static class OwnAttributes {
    Attributes attributes;

    /** Makes it, and the child behind it. */
    @Setup
    public void create(final OpenTelemetry all, final ThreadParams thread) {
      attributes = Attributes.of(AttributeKey.stringKey("queue"), queue(thread));
      all.counter.add(1, attributes);
      all.doubles.add(1, attributes);
    }
  }

  /** Agrona's. */
  @State(Scope.Benchmark)
  public static class AgronaFile {
    private AgronaCounters counters;

    /** Maps a file. */
    @Setup
    public void open() throws IOException {
      counters = new AgronaCounters();
    }

    /** Deletes it. */
    @TearDown
    public void close() throws IOException {
      counters.close();
    }
  }

  /** One of Agrona's. */
  @State(Scope.Thread)
  public static class Agrona {
    AtomicCounter counter;

    /** Makes it. */
    @Setup
    public void create(final AgronaFile all, final ThreadParams thread) {
      counter = all.counters.counter(queue(thread));
    }
  }

  /** The JDK's. */
  @State(Scope.Thread)
  public static class Jdk {
    final LongAdder longs = new LongAdder();
    final DoubleAdder doubles = new DoubleAdder();
    final AtomicLong atomic = new AtomicLong();
  }

  /** Where the thread's number lies. */
  @State(Scope.Thread)
  public static class Place {
    private int offset;

    /** Finds it. */
    @Setup
    public void find(final ThreadParams thread) {
      offset = PlainMemory.offset(thread.getThreadIndex());
    }
  }

  private static String queue(final ThreadParams thread) {
    return "mail-" + thread.getThreadIndex();
  }

  /** Ours. */
  @Benchmark
  public void inc(final OurChild own) {
    own.child.inc();
  }

  /** client_java. */
  @Benchmark
  public void incClientJava(final ClientJava own) {
    own.child.inc();
  }

  /** Micrometer. */
  @Benchmark
  public void incMicrometer(final Micrometer own) {
    own.child.increment();
  }

  /** Dropwizard. */
  @Benchmark
  public void incDropwizard(final Dropwizard own) {
    own.child.inc();
  }

  /** OpenTelemetry. */
  @Benchmark
  public void incOpenTelemetry(final OpenTelemetry all, final OwnAttributes own) {
    all.counter.add(1, own.attributes);
  }

  /** Agrona. */
  @Benchmark
  public long incAgrona(final Agrona own) {
    return own.counter.increment();
  }

  /** The JDK's adder. */
  @Benchmark
  public void incLongAdder(final Jdk own) {
    own.longs.increment();
  }

  /** One atomic add. */
  @Benchmark
  public long incAtomic(final Jdk own) {
    return own.atomic.getAndIncrement();
  }

  /** No atomic add, which loses nothing here. */
  @Benchmark
  public void incPlain(final CounterBenchmark.Plain plain, final Place own) {
    plain.memory.inc(own.offset);
  }

  /** Ours, by a fraction. */
  @Benchmark
  public void incHalf(final OurChild own) {
    own.child.inc(0.5);
  }

  /** client_java, by a fraction. */
  @Benchmark
  public void incHalfClientJava(final ClientJava own) {
    own.child.inc(0.5);
  }

  /** Micrometer, by a fraction. */
  @Benchmark
  public void incHalfMicrometer(final Micrometer own) {
    own.child.increment(0.5);
  }

  /** OpenTelemetry, by a fraction. */
  @Benchmark
  public void incHalfOpenTelemetry(final OpenTelemetry all, final OwnAttributes own) {
    all.doubles.add(0.5, own.attributes);
  }

  /** The JDK's adder, by a fraction. */
  @Benchmark
  public void incHalfDoubleAdder(final Jdk own) {
    own.doubles.add(0.5);
  }
}
