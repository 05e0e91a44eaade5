package io.narthex.stress.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * No memory on the heap when a series is created, a page written or the file made to grow: what
 * returned is counted, what threw is not, and all goes on when there is memory.
 *
 * <p>{@code -Dnarthex.stress.environment.outOfMemory=100} has so many processes run out of memory,
 * each at other places, rather than one of each backend; {@code
 * -Dnarthex.stress.environment.seed=N} begins at another seed.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class OutOfMemoryTest {
  private static final int PROCESSES =
      Integer.getInteger("narthex.stress.environment.outOfMemory", 1);
  private static final long SEED = Long.getLong("narthex.stress.environment.seed", 1);
  private static final Duration GUARD = Duration.ofMinutes(3);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldCountWhatReturnedWhenThereIsNoMemory(final TestReporter reporter) {
    long errors = 0;
    for (int i = 0; i < PROCESSES; i++) {
      final Path file = stage.path("short-of-memory-" + i + ".nx");
      final ChildJvm mapped = start(file, SEED + i);
      final ChildJvm heap = start("heap", SEED + i);
      finish(mapped);
      finish(heap);
      check(file, mapped);
      errors += Long.parseLong(mapped.await("errors: ", GUARD));
    }
    reporter.publishEntry("out of memory", Long.toString(errors));
  }

  private static void check(final Path file, final ChildJvm mapped) {
    final String[] sums =
        mapped
            .output()
            .lines()
            .filter(line -> line.startsWith("counted: "))
            .reduce((first, second) -> second)
            .orElseThrow()
            .split(" ", -1);
    FileVerifier.verify(file);
    final Page page = Page.of(file);
    assertThat(page.sum("n_total")).isEqualTo(Double.parseDouble(sums[1]));
    assertThat(page.sum("known_total")).isEqualTo(Double.parseDouble(sums[2]));
    assertThat(page.sum("halves_total")).isEqualTo(Double.parseDouble(sums[3]) / 2);
    assertThat(page.sum("h_count")).isEqualTo(Double.parseDouble(sums[4]));
  }

  private ChildJvm start(final Object where, final long seed) {
    return stage.start(Stage.jvm(HeapWorker.class, where, seed).option("-Xmx24m"));
  }

  private static void finish(final ChildJvm child) {
    child.await("finished", GUARD);
    assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();
  }
}
