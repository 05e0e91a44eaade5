package io.narthex.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Errors of what is computed. */
final class EstimateTest {
  private static final Offset<Double> DUST = Offset.offset(1e-12);

  @Test
  void shouldAddRelativeErrorsOfRatioAsSquares() {
    final Estimate ratio = new Estimate(8, 0.3 * 8).over(new Estimate(10, 0.4 * 10));
    assertThat(ratio.value()).isEqualTo(0.8, DUST);
    assertThat(ratio.error()).isEqualTo(0.8 * 0.5, DUST);
  }

  @Test
  void shouldAddErrorsOfDifferenceAsSquares() {
    final Estimate rest = new Estimate(90, 3).less(new Estimate(30, 4));
    assertThat(rest.value()).isEqualTo(60, DUST);
    assertThat(rest.error()).isEqualTo(5, DUST);
  }

  @Test
  void shouldNotKnowErrorWhereOneSideHasNone() {
    final Estimate exact = new Estimate(10, 1);
    assertThat(exact.over(Estimate.of(5)).hasError()).isFalse();
    assertThat(Estimate.of(5).over(exact).hasError()).isFalse();
    assertThat(exact.less(Estimate.of(5)).hasError()).isFalse();
    assertThat(Estimate.of(5).mayBe(5)).isFalse();
  }

  @Test
  void shouldBeWrittenWithItsError() {
    assertThat(Numbers.ratio(new Estimate(0.736, 0.0801))).isEqualTo("0.736 ± 0.080");
    assertThat(Numbers.ratio(new Estimate(0.736, Double.NaN))).isEqualTo("0.736");
    // A fraction's error is that of what stands below.
    assertThat(Numbers.ratio(new Estimate(0.025, 0.0025))).isEqualTo("1/(40.0 ± 4.0)");
    assertThat(Numbers.ratio(Estimate.of(0.025))).isEqualTo("1/40.0");
  }
}
