package io.narthex.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LatencyTest {
  private static final double[] BOUNDS = {1, 2, 4};

  @Test
  void shouldInterpolateWithinABucket() {
    final Latency latency = new Latency(BOUNDS, new long[] {10, 10, 20, 0});
    assertThat(latency.quantile(0.5)).isEqualTo(2, within(1e-12));
    assertThat(latency.quantile(0.75)).isEqualTo(3, within(1e-12));
    assertThat(latency.quantile(1)).isEqualTo(4, within(1e-12));
  }

  @Test
  void shouldBeginTheFirstBucketAtZero() {
    final Latency latency = new Latency(BOUNDS, new long[] {4, 0, 0, 0});
    assertThat(latency.quantile(0.5)).isEqualTo(0.5, within(1e-12));
    assertThat(latency.quantile(0)).isZero();
  }

  @Test
  void shouldSkipEmptyBuckets() {
    final Latency latency = new Latency(BOUNDS, new long[] {1, 0, 1, 0});
    assertThat(latency.quantile(0.75)).isEqualTo(3, within(1e-12));
  }

  @Test
  void shouldSayTheLastFiniteBoundForWhatIsBeyondIt() {
    final Latency latency = new Latency(BOUNDS, new long[] {1, 0, 0, 99});
    assertThat(latency.quantile(0.99)).isEqualTo(4);
  }

  @Test
  void shouldSayTheFirstBoundIfThatIsNegative() {
    final Latency latency = new Latency(new double[] {-1, 1}, new long[] {3, 1, 0});
    assertThat(latency.quantile(0.5)).isEqualTo(-1);
  }

  @Test
  void shouldSayNothingOfNothing() {
    assertThat(Latency.NONE.quantile(0.5)).isNaN();
    assertThat(new Latency(BOUNDS, new long[4]).quantile(0.5)).isNaN();
  }

  @Test
  void shouldAddUp() {
    final Latency sum =
        Latency.NONE
            .plus(new Latency(BOUNDS, new long[] {1, 2, 3, 4}))
            .plus(new Latency(BOUNDS, new long[] {4, 3, 2, 1}))
            .plus(Latency.NONE);
    assertThat(sum.count()).isEqualTo(20);
    assertThat(sum.quantile(0.25)).isEqualTo(1, within(1e-12));
  }
}
