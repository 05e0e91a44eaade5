package io.narthex.stress.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Viewers that come and go while writers create series: every page is valid and nothing goes back.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ViewerTest {
  private static final int SERIES = 30_000;
  private static final Duration GUARD = Duration.ofMinutes(5);

  @AutoClose private final Stage stage = Stage.open();

  private final Path file = stage.path("viewed.nx");
  private final ExecutorService scrapers = Executors.newFixedThreadPool(3);

  /** The newest page that was whole; what comes after it may not lie behind it. */
  private final AtomicReference<Map<String, Double>> latest = new AtomicReference<>(Map.of());

  @AfterEach
  void stopScrapers() {
    scrapers.shutdownNow();
  }

  @Test
  void shouldSeeValidPagesThatNeverGoBackWhileWritersCreate() throws Exception {
    final List<ChildJvm> writers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      writers.add(stage.start(CreatingWorker.class, file, SERIES, 100, i));
    }
    for (final ChildJvm writer : writers) {
      writer.await("ready", GUARD);
    }
    for (final ChildJvm writer : writers) {
      writer.command("go");
    }
    final long deadline = System.nanoTime() + GUARD.toNanos();
    while (!Files.exists(file)) {
      assertThat(writers).allMatch(ChildJvm::isAlive);
      assertThat(System.nanoTime() - deadline).as("nobody made the file").isNegative();
      LockSupport.parkNanos(100_000);
    }
    int pages = 0;
    try (MetricRegistry kept = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      while (writers.stream().anyMatch(ChildJvm::isAlive)) {
        final List<Future<Integer>> rounds = new ArrayList<>();
        // Two threads of one viewer, and a viewer that has only just come.
        final Callable<Integer> scrape = () -> check(latest.get(), Page.of(kept));
        rounds.add(scrapers.submit(scrape));
        rounds.add(scrapers.submit(scrape));
        rounds.add(scrapers.submit(() -> check(latest.get(), Page.of(file))));
        for (final Future<Integer> round : rounds) {
          pages += round.get();
        }
      }
    }
    for (final ChildJvm writer : writers) {
      assertThat(writer.awaitExit(GUARD)).as(writer.output()).isZero();
    }
    System.out.printf("viewers: %d valid pages while 2 writers created%n", pages);
    assertThat(pages).isPositive();
    CreatedOnce.check(Page.of(file), "n_total", SERIES, writers.size());
  }

  /** Holds a page to one that was whole before this one was begun. */
  private int check(final Map<String, Double> before, final Page page) {
    final Map<String, Double> now = page.samples();
    before.forEach(
        (series, value) -> {
          if (!series.startsWith("narthex_")) {
            assertThat(now.get(series)).as(series).isNotNull().isGreaterThanOrEqualTo(value);
          }
        });
    latest.set(now);
    return 1;
  }
}
