package io.narthex.jmh;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Collection;

/**
 * OpenTelemetry's SDK with its defaults, and with a reader as Prometheus has it: cumulative, and
 * reading nothing before it is asked to. Without a reader the instruments would do nothing. Only
 * the cap of 2,000 series for each instrument is raised, so that none overflows.
 */
final class OpenTelemetries implements AutoCloseable {
  private static final int MOST_SERIES = 4_000_000;
  private static final AttributeKey<Boolean> OVERFLOW =
      AttributeKey.booleanKey("otel.metric.overflow");

  private final PullReader reader = new PullReader();
  private final SdkMeterProvider provider =
      SdkMeterProvider.builder().registerMetricReader(reader, type -> MOST_SERIES).build();

  Meter meter() {
    return provider.get("benchmark");
  }

  /** Ends it, and throws if it has kept nothing or not apart: then the figures say nothing. */
  @Override
  public void close() {
    final Collection<MetricData> metrics = reader.collection.collectAllMetrics();
    if (metrics.isEmpty()
        || metrics.stream()
            .flatMap(metric -> metric.getData().getPoints().stream())
            .anyMatch(point -> point.getAttributes().get(OVERFLOW) != null)) {
      throw new IllegalStateException("OpenTelemetry kept " + metrics);
    }
    provider.close();
  }

  /** Collects when asked. */
  private static final class PullReader implements MetricReader {
    private CollectionRegistration collection = CollectionRegistration.noop();

    @Override
    public void register(final CollectionRegistration registration) {
      collection = registration;
    }

    @Override
    public AggregationTemporality getAggregationTemporality(final InstrumentType type) {
      return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode forceFlush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
