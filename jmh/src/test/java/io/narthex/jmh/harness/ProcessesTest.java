package io.narthex.jmh.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.narthex.jmh.results.Point;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessesTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @AfterEach
  void noProcessIsLeft() {
    Checks.assertNoProcessIsLeft();
  }

  @Test
  void processesCountExactlyOnEachSubject() throws Exception {
    final List<Point> points = Processes.measure(1, List.of(2), SHORT, SHORT, line -> {});
    Checks.assertFigures(points, "processes", "ops/s");
    assertThat(points)
        .extracting(Point::subject, point -> point.parameter("child"))
        .containsExactly(
            tuple("narthex mapped", "one"),
            tuple("narthex mapped", "own"),
            tuple("Agrona", "one"),
            tuple("Agrona", "own"),
            tuple("narthex redis", "one"),
            tuple("narthex redis", "own"),
            tuple("narthex redis-direct", "one"),
            tuple("narthex redis-direct", "own"));
  }

  @Test
  void killedProcessIsAnErrorAndEndsTheOthers() {
    assertThatThrownBy(
            () ->
                Processes.measure(
                    1,
                    List.of(1, 2),
                    SHORT,
                    SHORT,
                    line ->
                        ProcessHandle.current()
                            .descendants()
                            .findFirst()
                            .ifPresent(ProcessHandle::destroyForcibly)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended too early, with code 137");
  }

  @Test
  void inexactSumIsAnErrorThatSaysBothNumbers() {
    assertThatThrownBy(
            () -> Processes.checkExact("narthex mapped", Map.of("calls", 3L), Map.of("calls", 2.0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("narthex mapped is not exact: 3 increments were made, 2 are seen in calls");
  }
}
