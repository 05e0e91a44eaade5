package io.narthex.jmh;

import com.codahale.metrics.MetricRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.narthex.Counter;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The creation of many counters with two labels. The figure is that of all of them; divide by
 * {@code series}. Fair: all begin with an empty registry and get the same prepared strings. A
 * mapped file begins with its default 4 MiB and grows while it is measured; what the kernel and the
 * index need is in it.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
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
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("path");
  private static final AttributeKey<String> CUSTOMER = AttributeKey.stringKey("customer");

  /** Who is to be made. */
  @State(Scope.Benchmark)
  public static class Wanted {
    /** How many. */
    @Param("100000")
    public int series;

    Names names;

    /** Makes the strings. */
    @Setup
    public void create() {
      names = new Names(series);
    }
  }

  /** Ours, new for each shot. */
  @State(Scope.Benchmark)
  public static class Ours {
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
  public static class ClientJava {
    io.prometheus.metrics.core.metrics.Counter family;

    /** Makes an empty family. */
    @Setup(Level.Iteration)
    public void open() {
      family =
          io.prometheus.metrics.core.metrics.Counter.builder()
              .name("orders_total")
              .labelNames("path", "customer")
              .withoutExemplars()
              .build();
    }

    /** Lets the collector take the series of this shot. */
    @TearDown(Level.Iteration)
    public void drop() {
      family = null;
    }
  }

  /** Micrometer's, new for each shot. */
  @State(Scope.Benchmark)
  public static class Micrometer {
    PrometheusMeterRegistry registry;

    /** Makes an empty registry. */
    @Setup(Level.Iteration)
    public void open() {
      registry = Micrometers.registry();
    }

    /** Lets the collector take the series of this shot. */
    @TearDown(Level.Iteration)
    public void drop() {
      registry.close();
      registry = null;
    }
  }

  /** Dropwizard's, new for each shot. */
  @State(Scope.Benchmark)
  public static class Dropwizard {
    MetricRegistry registry;

    /** Makes an empty registry. */
    @Setup(Level.Iteration)
    public void open() {
      registry = new MetricRegistry();
    }

    /** Lets the collector take the series of this shot. */
    @TearDown(Level.Iteration)
    public void drop() {
      registry = null;
    }
  }

  /** OpenTelemetry's, new for each shot. */
  @State(Scope.Benchmark)
  public static class OpenTelemetry {
    LongCounter counter;
    private OpenTelemetries sdk;

    /** Starts an SDK without series. */
    @Setup(Level.Iteration)
    public void open() {
      sdk = new OpenTelemetries();
      counter = sdk.meter().counterBuilder("orders").build();
    }

    /** Ends it, and lets the collector take the series of this shot. */
    @TearDown(Level.Iteration)
    public void drop() {
      sdk.close();
      sdk = null;
      counter = null;
    }
  }

  /** Ours. */
  @Benchmark
  public void create(final Ours ours, final Wanted wanted) {
    for (int i = 0; i < wanted.series; i++) {
      ours.family.labelValues(wanted.names.path(i), wanted.names.customer(i));
    }
  }

  /** client_java. */
  @Benchmark
  public void createClientJava(final ClientJava peer, final Wanted wanted) {
    for (int i = 0; i < wanted.series; i++) {
      peer.family.labelValues(wanted.names.path(i), wanted.names.customer(i));
    }
  }

  /** Micrometer. */
  @Benchmark
  public void createMicrometer(final Micrometer peer, final Wanted wanted) {
    for (int i = 0; i < wanted.series; i++) {
      peer.registry.counter(
          "orders", "path", wanted.names.path(i), "customer", wanted.names.customer(i));
    }
  }

  /** Dropwizard, with the values in the name. */
  @Benchmark
  public void createDropwizard(final Dropwizard peer, final Wanted wanted) {
    for (int i = 0; i < wanted.series; i++) {
      peer.registry.counter(
          MetricRegistry.name("orders", wanted.names.path(i), wanted.names.customer(i)));
    }
  }

  /** OpenTelemetry, which makes a series when something is first added to it. */
  @Benchmark
  public void createOpenTelemetry(final OpenTelemetry peer, final Wanted wanted) {
    for (int i = 0; i < wanted.series; i++) {
      peer.counter.add(
          1, Attributes.of(PATH, wanted.names.path(i), CUSTOMER, wanted.names.customer(i)));
    }
  }
}
