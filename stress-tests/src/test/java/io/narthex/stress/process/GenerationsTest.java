package io.narthex.stress.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Generations of processes on one file: a short form here, the long one by {@code
 * -Dnarthex.generations=1000}. One comes after the other; every tenth time all that live are killed
 * and as many start at once, who take over the rows of the dead in a race.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class GenerationsTest {
  private static final int GENERATIONS = Integer.getInteger("narthex.generations", 20);
  private static final int EARLY = 10;
  private static final int AT_ONCE = 3;
  private static final int MASSACRE = 10;
  private static final Duration GUARD = Duration.ofMinutes(2);

  @AutoClose private final Stage stage = Stage.open();

  private final Path file = stage.path("generations.nx");

  @Test
  void shouldStayExactAndSmallHoweverManyProcessesCameAndWent(final TestReporter reporter)
      throws IOException {
    assertThat(GENERATIONS)
        .as("narthex.generations, of which the first twelve are what the others are held against")
        .isGreaterThan(EARLY + AT_ONCE - 1);
    final Random random = new Random(7);
    final Deque<ChildJvm> alive = new ArrayDeque<>();
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    long earlySize = 0;
    long earlyNanos = 0;
    int came = 0;
    MetricRegistry viewer = null;
    try {
      for (int turn = 1; came < GENERATIONS; turn++) {
        if (turn % MASSACRE == 0) {
          alive.forEach(GenerationsTest::kill);
          alive.clear();
        }
        final Double[] newest = new Double[turn % MASSACRE == 0 ? AT_ONCE : 1];
        final List<ChildJvm> starting = new ArrayList<>();
        for (int i = 0; i < newest.length; i++) {
          final double value = random.nextInt(1000) - 500;
          newest[i] = value;
          sum += value;
          least = Math.min(least, value);
          greatest = Math.max(greatest, value);
          starting.add(stage.start(GaugeWorker.class, file, value));
        }
        starting.forEach(worker -> worker.await("set ", GUARD));
        came += newest.length;
        alive.addAll(starting);
        if (alive.size() > AT_ONCE) {
          end(alive.remove(), turn);
        }
        if (viewer == null) {
          viewer = MetricRegistry.create(MappedBackend.openReadOnly(file));
        }
        final Page page = Page.of(viewer);
        assertThat(page.value("g_sum{l=\"a\"}")).as("generation %d", came).isEqualTo(sum);
        assertThat(page.value("g_min{l=\"a\"}")).isEqualTo(least);
        assertThat(page.value("g_max{l=\"a\"}")).isEqualTo(greatest);
        assertThat(page.value("g_shared{l=\"a\"}")).isIn((Object[]) newest);
        assertThat(page.value("g_most_recent{l=\"a\"}")).isIn((Object[]) newest);
        assertThat(page.count("g_live_all")).isEqualTo(alive.size());
        assertThat(page.count("g_all")).isLessThanOrEqualTo(AT_ONCE + 1);
        assertThat(page.value("starts_total")).isEqualTo(came * 1.25);
        if (turn == EARLY) {
          earlySize = Files.size(file);
          earlyNanos = scrapeNanos(viewer);
        }
      }
      reporter.publishEntry("generations", Integer.toString(came));
      reporter.publishEntry(
          "scrape us early, late", earlyNanos / 1_000 + ", " + scrapeNanos(viewer) / 1_000);
      FileVerifier.verify(file);
      // Nothing is left of a generation but what 24 bytes hold, and there is room for those.
      assertThat(Files.size(file)).isEqualTo(earlySize);
      assertThat(descriptorsOf(file)).isLessThanOrEqualTo(2);
    } finally {
      if (viewer != null) {
        viewer.close();
      }
    }
  }

  /** The quickest of some. */
  private static long scrapeNanos(final MetricRegistry viewer) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 200; i++) {
      final long begin = System.nanoTime();
      Page.of(viewer);
      least = Math.min(least, System.nanoTime() - begin);
    }
    return least;
  }

  private static void end(final ChildJvm worker, final int turn) {
    if (turn % 2 == 0) {
      kill(worker);
    } else {
      worker.command(turn % 3 == 0 ? "close" : "exit");
      assertThat(worker.awaitExit(GUARD)).as(worker.output()).isZero();
    }
  }

  private static void kill(final ChildJvm worker) {
    assertThat(worker.kill()).as(worker.output()).isEqualTo(128 + 9);
  }

  /** How many descriptors of this process are open on a file or its lock file. */
  private static long descriptorsOf(final Path file) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(descriptor -> isOf(descriptor, file)).count();
    }
  }

  private static boolean isOf(final Path descriptor, final Path file) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith(file.toString());
    } catch (final IOException e) {
      return false; // closed meanwhile
    }
  }
}
