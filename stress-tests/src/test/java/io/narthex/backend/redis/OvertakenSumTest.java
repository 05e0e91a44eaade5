package io.narthex.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.backend.DistributionSlot;
import io.narthex.backend.MetricType;
import io.narthex.backend.mapped.RaceBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * A process reads of a histogram in a buffer file an observation's bucket, but its sum not yet, and
 * is killed as it has told so, after another process had told all of it.
 */
final class OvertakenSumTest {
  private final RaceBuffer buffer = new RaceBuffer();
  private final StoreOfOne store = new StoreOfOne(0, 3);
  private final Flushed survivor =
      new Flushed(buffer.one(MetricType.HISTOGRAM), buffer.labels(), store);

  @AfterAll
  static void close() {
    RaceBuffer.closeShared();
  }

  @Test
  void shouldTellASumAgainThatAKilledProcessHasOvertakenByAnOlderOne() {
    ((DistributionSlot) survivor.slot).observe(1, 2);
    survivor.flush();
    assertThat(store.text()).isEqualTo("0 1 0 of 2.0");

    store.totals(null, new long[] {0, 1, 0}, 0);
    assertThat(store.text()).isEqualTo("0 1 0 of 0.0");

    survivor.load();
    survivor.flush();
    assertThat(store.text()).isEqualTo("0 1 0 of 2.0");
    survivor.load();
    assertThat(survivor.isPending()).isFalse();
  }

  @Test
  void shouldNotTellASumAgainThatIsNoNumber() {
    ((DistributionSlot) survivor.slot).observe(1, Double.NaN);
    survivor.flush();
    survivor.load();
    assertThat(survivor.isPending()).isFalse();
  }
}
