package io.narthex.jmh;

import com.codahale.metrics.MetricRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.narthex.Counter;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.LongCounter;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Each library's counters that {@link LookupBenchmark} finds, all made before. */
public final class LookupFamilies {
  static final String NAME = "requests";

  private LookupFamilies() {}

  /** Ours. */
  @State(Scope.Benchmark)
  public static class Ours {
    Counter family;

    /** Makes the children. */
    @Setup
    public void create(final Room room, final LookupLabels labels) {
      family = Counter.builder(NAME + "_total").labelNames(labels.names()).register(room.registry);
      for (final int i : labels.shuffled()) {
        family.labelValues(labels.values(i)).inc();
      }
    }
  }

  /** Ours again, with the first label given. */
  @State(Scope.Benchmark)
  public static class OurViews {
    Counter[] views;

    /** Makes the views. */
    @Setup
    public void create(final Ours ours, final LookupLabels labels) {
      views = new Counter[labels.children];
      for (int i = 0; i < views.length; i++) {
        views[i] = ours.family.labels("path", labels.path[i]);
      }
    }
  }

  /** client_java's. */
  @State(Scope.Benchmark)
  public static class ClientJava {
    io.prometheus.metrics.core.metrics.Counter family;

    /** Makes the children. */
    @Setup
    public void create(final LookupLabels labels) {
      family =
          io.prometheus.metrics.core.metrics.Counter.builder()
              .name(NAME + "_total")
              .labelNames(labels.names())
              .withoutExemplars()
              .build();
      for (final int i : labels.shuffled()) {
        family.labelValues(labels.values(i)).inc();
      }
    }
  }

  /** Micrometer's. */
  @State(Scope.Benchmark)
  public static class Micrometer {
    final PrometheusMeterRegistry registry = Micrometers.registry();

    /** Makes the children. */
    @Setup
    public void create(final LookupLabels labels) {
      for (final int i : labels.shuffled()) {
        registry.counter(NAME, tags(labels.names(), labels.values(i))).increment();
      }
    }

    private static String[] tags(final String[] names, final String[] values) {
      final String[] tags = new String[2 * names.length];
      for (int i = 0; i < names.length; i++) {
        tags[2 * i] = names[i];
        tags[2 * i + 1] = values[i];
      }
      return tags;
    }
  }

  /** Dropwizard's, with the values in their names. */
  @State(Scope.Benchmark)
  public static class Dropwizard {
    final MetricRegistry registry = new MetricRegistry();

    /** Makes the children. */
    @Setup
    public void create(final LookupLabels labels) {
      for (final int i : labels.shuffled()) {
        registry.counter(MetricRegistry.name(NAME, labels.values(i))).inc();
      }
    }
  }

  /** OpenTelemetry's. */
  @State(Scope.Benchmark)
  public static class OpenTelemetry {
    static final AttributeKey<String> PATH = AttributeKey.stringKey("path");
    static final AttributeKey<String> METHOD = AttributeKey.stringKey("method");
    static final AttributeKey<String> STATUS = AttributeKey.stringKey("status");
    static final AttributeKey<String> ZONE = AttributeKey.stringKey("zone");

    private final OpenTelemetries sdk = new OpenTelemetries();
    final LongCounter counter = sdk.meter().counterBuilder(NAME).build();

    /** Makes the children. */
    @Setup
    public void create(final LookupLabels labels) {
      final String[] names = labels.names();
      for (final int i : labels.shuffled()) {
        final String[] values = labels.values(i);
        final AttributesBuilder attributes = Attributes.builder();
        for (int label = 0; label < names.length; label++) {
          attributes.put(names[label], values[label]);
        }
        counter.add(1, attributes.build());
      }
    }

    /** Ends the SDK. */
    @TearDown
    public void close() {
      sdk.close();
    }
  }
}
