package io.narthex.jmh.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.jmh.results.Point;
import java.util.List;

/** What holds of all harnesses. */
final class Checks {
  private Checks() {}

  static void assertNoProcessIsLeft() {
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  static void assertFigures(final List<Point> points, final String measure, final String unit) {
    assertThat(points)
        .isNotEmpty()
        .allSatisfy(
            point -> {
              assertThat(point.measure()).isEqualTo(measure);
              assertThat(point.unit()).isEqualTo(unit);
              assertThat(point.value()).isFinite().isPositive();
            });
  }
}
