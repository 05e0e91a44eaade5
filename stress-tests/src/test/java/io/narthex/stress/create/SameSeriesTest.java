package io.narthex.stress.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Eight JVMs create the same series at once in a file that has to grow for it, and the file with
 * them. {@code -Dnarthex.stress.create.series=1000000} makes it more than 50,000.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class SameSeriesTest {
  private static final int WORKERS = 8;
  private static final int COUNTERS = Integer.getInteger("narthex.stress.create.series", 50_000);
  private static final int HISTOGRAMS = 1_000;
  private static final Duration GUARD = Duration.ofMinutes(10);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldCreateEachSeriesOnceWhenEightProcessesCreateThemAtOnce() throws Exception {
    final Path file = stage.path("same.nx");
    final List<ChildJvm> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      final ChildJvm.Builder worker =
          Stage.jvm(CreatingWorker.class, file, COUNTERS, HISTOGRAMS, i);
      workers.add(stage.start(i % 2 == 0 ? worker : worker.withoutFlag()));
    }
    for (final ChildJvm worker : workers) {
      worker.await("ready", GUARD);
    }
    for (final ChildJvm worker : workers) {
      worker.command("go");
    }
    for (final ChildJvm worker : workers) {
      worker.await("created", GUARD);
      assertThat(worker.awaitExit(GUARD)).as(worker.output()).isZero();
    }
    FileVerifier.verify(file);
    final Page page = Page.of(file);
    System.out.printf(
        "same series: %d counters, sum %.0f, %d histograms; the file grew to %d KiB%n",
        page.count("n_total"), page.sum("n_total"), page.count("h_count"), Files.size(file) >> 10);
    CreatedOnce.check(page, "n_total", COUNTERS, WORKERS);
    CreatedOnce.check(page, "h_count", HISTOGRAMS, WORKERS);
    CreatedOnce.check(page, "h_sum", HISTOGRAMS, WORKERS);
    assertThat(Files.size(file)).as("it has grown").isGreaterThan(512 << 10);
  }
}
