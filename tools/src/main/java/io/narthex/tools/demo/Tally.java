package io.narthex.tools.demo;

import io.narthex.MetricRegistry;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import io.narthex.tools.reading.LabelText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What the mapped file says at one moment about the demo's requests. */
final class Tally implements SeriesVisitor<RuntimeException> {
  private final Map<RequestKey, Long> requests = new HashMap<>();
  private final Map<String, Latency> latencies = new HashMap<>();
  private FamilyDescriptor family;

  private Tally() {}

  /** A tally in which nothing was counted. */
  static Tally empty() {
    return new Tally();
  }

  /** Reads all that a registry exports. */
  static Tally of(final MetricRegistry registry) {
    final Tally tally = new Tally();
    registry.visit(tally);
    return tally;
  }

  @Override
  public boolean family(final FamilyDescriptor next) {
    family = next;
    return next.name().equals(DemoMetrics.REQUESTS) || next.name().equals(DemoMetrics.DURATION);
  }

  @Override
  public void series(final Series series) {
    final byte[] text = new byte[series.labelsLength()];
    series.copyLabels(text, 0);
    final Map<String, String> labels = LabelText.parse(new String(text, StandardCharsets.UTF_8));
    final String worker = labels.get(DemoMetrics.WORKER);
    if (family.name().equals(DemoMetrics.REQUESTS)) {
      requests.put(
          new RequestKey(worker, labels.get(DemoMetrics.METHOD), labels.get(DemoMetrics.STATUS)),
          (long) series.value());
    } else {
      latencies.put(worker, latency(series));
    }
  }

  long requests(final RequestKey key) {
    return requests.getOrDefault(key, 0L);
  }

  /** All requests. */
  long requests() {
    return requests.values().stream().mapToLong(Long::longValue).sum();
  }

  long requests(final String worker) {
    return sum(worker, false);
  }

  long errors(final String worker) {
    return sum(worker, true);
  }

  Latency latency(final String worker) {
    return latencies.getOrDefault(worker, Latency.NONE);
  }

  /** The latency of all workers. */
  Latency latency() {
    return latencies.values().stream().reduce(Latency.NONE, Latency::plus);
  }

  private long sum(final String worker, final boolean errorsOnly) {
    long sum = 0;
    for (final Map.Entry<RequestKey, Long> entry : requests.entrySet()) {
      final RequestKey key = entry.getKey();
      if (key.worker().equals(worker) && (!errorsOnly || key.isError())) {
        sum += entry.getValue();
      }
    }
    return sum;
  }

  private Latency latency(final Series series) {
    final double[] bounds = new double[family.boundCount()];
    final long[] counts = new long[bounds.length + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = series.bucket(i);
      if (i < bounds.length) {
        bounds[i] = family.bound(i);
      }
    }
    return new Latency(bounds, counts);
  }
}
