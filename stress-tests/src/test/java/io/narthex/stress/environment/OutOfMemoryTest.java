package io.narthex.stress.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  private static final String IN = ": out of memory in ";
  private static final String CREATION = "creation";
  private static final String PAGE = "a page";

  /** An update seldom allocates, and the file seldom grows. */
  private static final List<String> PHASES = List.of(CREATION, PAGE, "an update");

  @AutoClose private final Stage stage = Stage.open();

  private final Map<String, Long> errors = new TreeMap<>();

  @Test
  void shouldCountWhatReturnedWhenThereIsNoMemory(final TestReporter reporter) {
    for (int i = 0; i < PROCESSES; i++) {
      final Path file = stage.path("short-of-memory-" + i + ".nx");
      final ChildJvm mapped = start(file, SEED + i, "-Xmx24m");
      // Where the values are there as well.
      final ChildJvm heap = start("heap", SEED + i, "-Xmx32m");
      finish(mapped);
      finish(heap);
      check(file, mapped);
      countErrors("mapped", mapped);
      countErrors("heap", heap);
    }
    errors.forEach((where, count) -> reporter.publishEntry(where, Long.toString(count)));
    assertThat(errors.get("mapped" + IN + PAGE)).isPositive();
    assertThat(errors.get("heap" + IN + PAGE)).isPositive();
  }

  private void countErrors(final String backend, final ChildJvm child) {
    for (final String phase : PHASES) {
      final long count = Long.parseLong(child.await("errors in " + phase + ": ", GUARD));
      errors.merge(backend + IN + phase, count, Long::sum);
      if (phase.equals(CREATION)) {
        assertThat(count).as(child.output()).isPositive();
      }
    }
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

  private ChildJvm start(final Object where, final long seed, final String memory) {
    return stage.start(Stage.jvm(HeapWorker.class, where, seed).option(memory));
  }

  private static void finish(final ChildJvm child) {
    child.await("finished", GUARD);
    assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();
  }
}
