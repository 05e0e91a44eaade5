package io.narthex.jmh.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StretchTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void shouldDivideAllCallsByTheTimeFromTheFirstStartToTheLastEnd() {
    final Stretch early = new Stretch(100, 0, SECOND, 100);
    final Stretch late = new Stretch(100, SECOND, 2 * SECOND, 100);
    // 100 a second each, and yet not 200 together: they took turns.
    assertThat(Stretch.rate(List.of(early, late))).isEqualTo(100);
    assertThat(Stretch.rate(List.of(late, early))).isEqualTo(100);
    assertThat(Stretch.rate(List.of(early, early))).isEqualTo(200);
  }

  @Test
  void shouldBearClockThatOverflows() {
    final Stretch before = new Stretch(100, Long.MAX_VALUE - SECOND, Long.MAX_VALUE, 100);
    final Stretch over =
        new Stretch(100, Long.MAX_VALUE - SECOND / 2, Long.MIN_VALUE + SECOND - 1, 100);
    assertThat(Stretch.rate(List.of(before, over))).isEqualTo(100);
    assertThat(Stretch.rate(List.of(over, before))).isEqualTo(100);
  }

  @Test
  void shouldReadTheLineThatItWrites() {
    final Stretch stretch = new Stretch(1, -2, 3, 4);
    assertThat(Stretch.parse(stretch.line())).isEqualTo(stretch);
  }
}
