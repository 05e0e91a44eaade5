package io.narthex.stress.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several JVMs come to the cap of one metric at once. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class CapTest {
  private static final int WORKERS = 4;
  private static final int CAP = 2_000;
  private static final int SETS = 3_000;
  private static final Duration GUARD = Duration.ofMinutes(5);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldMakeExactlyAsManySeriesAndLoseNothingWhenProcessesRace() {
    final Path file = stage.path("capped.nx");
    final List<ChildJvm> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      workers.add(stage.start(CappedWorker.class, file, CAP, SETS, i));
    }
    workers.forEach(worker -> worker.await("ready", GUARD));
    workers.forEach(worker -> worker.command("go"));
    for (final ChildJvm worker : workers) {
      worker.await("counted", GUARD);
      assertThat(worker.awaitExit(GUARD)).as(worker.output()).isZero();
    }
    final Page page = Page.of(file);
    final double overflow = page.value("n_total{n=\"__overflow__\"}");
    System.out.printf(
        "cap: %d series and the overflow, which has %.0f%n", page.count("n_total") - 1, overflow);
    assertThat(page.count("n_total")).isEqualTo(CAP + 1);
    assertThat(page.sum("n_total")).isEqualTo((double) WORKERS * SETS);
    assertThat(overflow).isPositive();
  }
}
