package io.narthex.stress.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.MetricRegistry;
import io.narthex.backend.Seen;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Namespace;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clocks that jump, and clocks that differ between processes. No clock says who is alive, and a
 * series that was removed and came back is never said to be created before the one that it was.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ClockTest {
  private static final Duration GUARD = Duration.ofSeconds(60);
  private static final long HOUR = 3_600;
  private static final long YEAR = 365 * 24 * HOUR;
  private static final long[] JUMPS = {0, HOUR, -HOUR, 10 * YEAR, -10 * YEAR, 1, 0, -1, YEAR, 0};

  @AutoClose private final Stage stage = Stage.open();

  private final Path file = stage.path("clock.nx");
  private int answers;

  @Test
  void shouldTakeNobodyForDeadAndNeverCreateInThePastWhenTheWallClockJumps() throws Exception {
    final MovedClock clock = MovedClock.on(stage);
    final ChildJvm steady = stage.start(ClockWorker.class, file, 20);
    steady.await("ready", GUARD);
    final ChildJvm jumping =
        stage.start(Stage.jvm(ClockWorker.class, file, 1).behind(clock.command()));
    jumping.await("ready", GUARD);
    try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      long counterCreated = 0;
      long histogramCreated = 0;
      for (final long jump : JUMPS) {
        clock.set(jump);
        final double[] told = ask(jumping);
        assertThat(told[0] - System.currentTimeMillis())
            .as("the clock was moved by %d s", jump)
            .isBetween((jump - 60) * 1e3, (jump + 60) * 1e3);
        assertThat(told[1]).isEqualTo(1);
        assertThat((long) told[2]).as("after %d s", jump).isGreaterThan(counterCreated);
        assertThat((long) told[3]).as("after %d s", jump).isGreaterThan(histogramCreated);
        assertThat(told[4]).isEqualTo(21);
        counterCreated = (long) told[2];
        histogramCreated = (long) told[3];

        final Seen seen = Seen.of(viewer::visit);
        assertThat(seen.value("g", "")).isEqualTo(21);
        assertThat(seen.get("n", "n=\"a\"").createdMillis()).isEqualTo(counterCreated);
      }
      // The other process removes what was created in ten years.
      final double[] told = ask(steady);
      assertThat((long) told[2]).isGreaterThan(counterCreated);
      assertThat((long) told[3]).isGreaterThan(histogramCreated);
      assertThat(told[4]).isEqualTo(21);
      jumping.kill();
      assertThat(Page.of(viewer).value("g")).isEqualTo(20);
    }
  }

  @Test
  void shouldTakeNobodyForDeadWhenMonotonicClocksDiffer() {
    final ChildJvm here = stage.start(ClockWorker.class, file, 20);
    here.await("ready", GUARD);
    final ChildJvm later =
        stage.start(
            Stage.jvm(ClockWorker.class, file, 1).behind(Namespace.withMonotonicClock(YEAR)));
    later.await("ready", GUARD);
    assertThat(ask(later)[4]).isEqualTo(21);
    assertThat(ask(here)[4]).isEqualTo(21);
    assertThat(Page.of(file).value("g")).isEqualTo(21);
    later.command("exit");
    assertThat(later.awaitExit(GUARD)).as(later.output()).isZero();
    assertThat(Page.of(file).value("g")).isEqualTo(20);
  }

  private double[] ask(final ChildJvm worker) {
    answers++;
    worker.command(Integer.toString(answers));
    final String[] words = worker.await("answer " + answers + ": ", GUARD).split(" ", -1);
    final double[] numbers = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Double.parseDouble(words[i]);
    }
    return numbers;
  }
}
