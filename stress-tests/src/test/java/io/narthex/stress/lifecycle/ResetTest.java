package io.narthex.stress.lifecycle;

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

/** Who opens with RESET starts from zero, unless a living process counts into the file. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ResetTest {
  private static final int WORKERS = 6;
  private static final int EARLIER = 1_000;
  private static final Duration GUARD = Duration.ofMinutes(2);
  private static final String RESET = "was replaced by a fresh file";

  @AutoClose private final Stage stage = Stage.open();

  private ChildJvm counting(final Path file, final String whenUnused, final int amount) {
    final ChildJvm worker = stage.start(OpeningWorker.class, file, whenUnused, amount);
    worker.await("ready", GUARD);
    worker.command("open");
    worker.await("counted", GUARD);
    return worker;
  }

  private static void end(final ChildJvm worker) {
    worker.command("go");
    assertThat(worker.awaitExit(GUARD)).as(worker.output()).isZero();
  }

  @Test
  void shouldResetOnceAndLoseNothingWhenSixProcessesOpenAtOnce() {
    final Path file = stage.path("six.nx");
    end(counting(file, "KEEP", EARLIER));
    final List<ChildJvm> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      workers.add(stage.start(OpeningWorker.class, file, "RESET", 1));
    }
    workers.forEach(worker -> worker.await("ready", GUARD));
    workers.forEach(worker -> worker.command("open"));
    workers.forEach(worker -> worker.await("counted", GUARD));
    assertThat(Page.of(file).value("n_total")).isEqualTo((double) WORKERS);
    workers.forEach(ResetTest::end);
    assertThat(workers.stream().filter(worker -> worker.output().contains(RESET))).hasSize(1);
    assertThat(Page.of(file).value("n_total")).isEqualTo((double) WORKERS);
  }

  @Test
  void shouldNotResetWhileProcessIsAliveButAfterItWasKilled() {
    final Path file = stage.path("alive.nx");
    final ChildJvm first = counting(file, "KEEP", EARLIER);
    end(counting(file, "RESET", 1));
    assertThat(Page.of(file).value("n_total")).isEqualTo(EARLIER + 1.0);

    first.kill();
    end(counting(file, "KEEP", 1));
    assertThat(Page.of(file).value("n_total")).isEqualTo(EARLIER + 2.0);
    end(counting(file, "RESET", 1));
    assertThat(Page.of(file).value("n_total")).isEqualTo(1.0);
  }
}
