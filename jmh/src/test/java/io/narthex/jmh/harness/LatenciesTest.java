package io.narthex.jmh.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.jmh.results.Point;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @AfterEach
  void noProcessIsLeft() {
    Checks.assertNoProcessIsLeft();
  }

  @Test
  void latenciesHaveAllPercentilesInTheirOrder() throws Exception {
    final List<Point> points =
        Latencies.measure(1, List.of("creating"), 1_000, SHORT, Duration.ofMillis(100), line -> {});
    Checks.assertFigures(points, "latency", "ns");
    assertThat(points).hasSize(3 * 6);
    for (int i = 0; i < points.size(); i += 6) {
      assertThat(points.subList(i, i + 6))
          .extracting(point -> point.parameter("percentile"))
          .containsExactly("50", "90", "99", "99.9", "99.99", "max");
      assertThat(points.subList(i, i + 6)).extracting(Point::value).isSorted();
    }
  }
}
