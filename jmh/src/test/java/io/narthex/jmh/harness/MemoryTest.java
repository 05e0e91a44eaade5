package io.narthex.jmh.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.jmh.results.Point;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryTest {
  @AfterEach
  void noProcessIsLeft() {
    Checks.assertNoProcessIsLeft();
  }

  @Test
  void memoryIsHeapAndFileTogether() throws Exception {
    final List<Point> points = Memory.measure(20_000, List.of("counter"), List.of(1), line -> {});
    Checks.assertFigures(points, "memory", "B/series");
    assertThat(points)
        .extracting(point -> point.parameter("where"))
        .containsExactly(
            "heap",
            "off-heap",
            "total",
            "heap",
            "total",
            "heap",
            "total",
            "heap",
            "off-heap",
            "total");
    assertThat(points.get(2).value()).isEqualTo(points.get(0).value() + points.get(1).value());
    // 16 stripes or one, of 8 bytes each.
    assertThat(points.get(1).value() - points.get(8).value()).isBetween(100.0, 140.0);
  }
}
