package io.narthex.jmh;

import com.codahale.metrics.DefaultSettableGauge;
import com.codahale.metrics.MetricRegistry;
import io.narthex.Gauge;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleGauge;
import io.opentelemetry.api.metrics.DoubleUpDownCounter;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Setting a gauge with one label, and adding 1 to it. Fair: all are set to the same values, which
 * change with every call, and each caller keeps what its library lets him keep. Agrona's takes
 * whole numbers only. OpenTelemetry has another instrument for what goes up and down by sums.
 * Dropwizard's holds an object, so it makes one. Micrometer's gauges cannot be set, as they ask an
 * object of the caller's.
 */
public class GaugeBenchmark extends NanosPerCall {
  /** What to set next. */
  @State(Scope.Thread)
  public static class Depth {
    private long depth;

    double next() {
      return (double) nextLong();
    }

    long nextLong() {
      return ++depth;
    }
  }

  /** Ours. */
  @State(Scope.Benchmark)
  public static class Ours {
    Gauge child;

    /** Makes the child. */
    @Setup
    public void create(final Room room) {
      child =
          Gauge.builder("depth").labelNames("queue").register(room.registry).labelValues("mail");
    }
  }

  /** client_java's. */
  @State(Scope.Benchmark)
  public static class ClientJava {
    final GaugeDataPoint child =
        io.prometheus.metrics.core.metrics.Gauge.builder()
            .name("depth")
            .labelNames("queue")
            .withoutExemplars()
            .build()
            .labelValues("mail");
  }

  /** Dropwizard's. */
  @State(Scope.Benchmark)
  public static class Dropwizard {
    final DefaultSettableGauge<Double> gauge =
        new MetricRegistry().register("depth.mail", new DefaultSettableGauge<>(0.0));
  }

  /** OpenTelemetry's. */
  @State(Scope.Benchmark)
  public static class OpenTelemetry {
    final Attributes mail = Attributes.of(AttributeKey.stringKey("queue"), "mail");
    private final OpenTelemetries sdk = new OpenTelemetries();
    final DoubleGauge gauge = sdk.meter().gaugeBuilder("depth").build();
    final DoubleUpDownCounter sum = sdk.meter().upDownCounterBuilder("waiting").ofDoubles().build();

    /** Ends the SDK. */
    @TearDown
    public void close() {
      sdk.close();
    }
  }

  /** Ours. */
  @Benchmark
  public void set(final Ours ours, final Depth depth) {
    ours.child.set(depth.next());
  }

  /** client_java. */
  @Benchmark
  public void setClientJava(final ClientJava peer, final Depth depth) {
    peer.child.set(depth.next());
  }

  /** OpenTelemetry. */
  @Benchmark
  public void setOpenTelemetry(final OpenTelemetry peer, final Depth depth) {
    peer.gauge.set(depth.next(), peer.mail);
  }

  /** Dropwizard. */
  @Benchmark
  public void setDropwizard(final Dropwizard peer, final Depth depth) {
    peer.gauge.setValue(depth.next());
  }

  /** Agrona, as a volatile write. */
  @Benchmark
  public void setAgrona(final CounterBenchmark.Agrona peer, final Depth depth) {
    peer.counter.set(depth.nextLong());
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

  /** OpenTelemetry, by 1. */
  @Benchmark
  public void incOpenTelemetry(final OpenTelemetry peer) {
    peer.sum.add(1, peer.mail);
  }

  /** Agrona, by 1. */
  @Benchmark
  public long incAgrona(final CounterBenchmark.Agrona peer) {
    return peer.counter.increment();
  }
}
