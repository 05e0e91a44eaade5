package io.narthex.jmh.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.jmh.results.Point;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterferenceTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @AfterEach
  void noProcessIsLeft() {
    Checks.assertNoProcessIsLeft();
  }

  @Test
  void interferenceIsOneRatioFromWhenDueAndOneFromTheCall() throws Exception {
    final List<Point> points = Interference.measure(1, 1_000, SHORT, SHORT, line -> {});
    Checks.assertFigures(points, "scrape-interference", "ratio");
    assertThat(points).extracting(point -> point.parameter("from")).containsExactly("due", "call");
  }
}
