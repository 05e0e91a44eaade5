package io.narthex.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.MetricRegistry;
import io.narthex.backend.HeapBackend;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VerdictTest {
  private static final RequestKey W0 = new RequestKey("w0", "GET", "200");
  private static final RequestKey W1 = new RequestKey("w1", "GET", "200");

  private final MetricRegistry registry = MetricRegistry.create(HeapBackend.create());

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void shouldFindNothingLostWhereMoreWasCounted() {
    count(W0, 10, 10);
    final Verdict verdict = Verdict.of(Map.of(W0, 9L), Tally.of(registry));
    assertThat(verdict).hasToString("answered=9 counted=10 lost=0");
    assertThat(verdict.isGood()).isTrue();
  }

  @Test
  void shouldNotMakeUpForALossWithAnotherSeries() {
    count(W0, 8, 8);
    count(W1, 20, 20);
    final Verdict verdict = Verdict.of(Map.of(W0, 10L, W1, 10L), Tally.of(registry));
    assertThat(verdict).hasToString("answered=20 counted=28 lost=2");
    assertThat(verdict.isGood()).isFalse();
  }

  @Test
  void shouldMissObservations() {
    count(W0, 10, 7);
    final Verdict verdict = Verdict.of(Map.of(W0, 10L), Tally.of(registry));
    assertThat(verdict.lost()).isZero();
    assertThat(verdict.unobserved()).isEqualTo(3);
    assertThat(verdict.isGood()).isFalse();
  }

  @Test
  void shouldLoseAllWhereNothingWasCounted() {
    final Verdict verdict = Verdict.of(Map.of(W0, 5L), Tally.empty());
    assertThat(verdict).hasToString("answered=5 counted=0 lost=5");
  }

  private void count(final RequestKey key, final int requests, final int observations) {
    final DemoMetrics metrics = new DemoMetrics(registry, key.worker());
    metrics
        .requests
        .labels(DemoMetrics.METHOD, key.method(), DemoMetrics.STATUS, key.status())
        .inc(requests);
    for (int i = 0; i < observations; i++) {
      metrics.duration.observe(0.001);
    }
  }
}
