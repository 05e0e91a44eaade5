package io.narthex.stress.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Ledger;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Four JVMs count while one of them after the other, any of them, is killed at any moment and
 * replaced. A killed thread may have done one update that its ledger does not know yet, so for each
 * metric: acknowledged ≤ counted ≤ acknowledged + killed threads.
 *
 * <p>{@code -Dnarthex.stress.kill.kills=1000 -Dnarthex.stress.kill.workers=8} tortures for longer
 * than the usual 12 kills.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class KillTortureTest {
  private static final int KILLS = Integer.getInteger("narthex.stress.kill.kills", 12);
  private static final int WORKERS = Integer.getInteger("narthex.stress.kill.workers", 4);

  /** So many kills hit some updates; of some 20 it is a matter of luck. */
  private static final int ENOUGH_KILLS = 200;

  private static final int LONGEST_WAIT_MILLIS = 1_500;
  private static final Duration GUARD = Duration.ofMinutes(3);

  @AutoClose private final Stage stage = Stage.open();

  private final Path file = stage.path("torture.nx");
  private final List<Worker> all = new ArrayList<>();
  private final Random random = new Random(5);
  private int kills;

  @Test
  void shouldLoseNoUpdateThatReturnedWhenWorkersAreKilled(final TestReporter reporter) {
    final List<Worker> living = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      living.add(start(i % 2 == 0));
    }
    living.forEach(Worker::awaitCounting);
    try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      final Counter seen = Counter.builder("shared_total").register(viewer);
      while (kills < KILLS) {
        LockSupport.parkNanos(
            TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_WAIT_MILLIS) + 1));
        living.remove(random.nextInt(living.size())).killInTheMiddle();
        kills++;
        living.add(start(kills % 2 == 0));
        // In this order: they go on counting.
        final double acknowledged = (double) acknowledged(CountingWorker.SHARED);
        assertThat(seen.value()).isGreaterThanOrEqualTo(acknowledged);
      }
    }
    living.forEach(Worker::awaitCounting);
    living.forEach(Worker::stop);
    FileVerifier.verify(file);
    System.out.printf(
        "torture: %d kills of %d threads each among %d JVMs%n",
        kills, CountingWorker.THREADS, WORKERS);
    check("viewer", Page.of(file));
    try (MetricRegistry writer = MetricRegistry.create(CountingWorker.open(file))) {
      final long unacknowledged = check("writer", Page.of(writer));
      if (kills >= ENOUGH_KILLS) {
        assertThat(unacknowledged).as("kills within an update").isPositive();
      }
      checkThatAllGoesOn(writer);
      reporter.publishEntry("kills", Integer.toString(kills));
      reporter.publishEntry("JVMs", Integer.toString(WORKERS));
      reporter.publishEntry(
          "acknowledged, counted",
          acknowledged(CountingWorker.SHARED)
              + ", "
              + String.format(Locale.ROOT, "%.0f", Page.of(writer).sum("shared_total")));
      reporter.publishEntry(
          "counted, not acknowledged, of all metrics", Long.toString(unacknowledged));
    }
  }

  private Worker start(final boolean flag) {
    final Worker worker = new Worker(all.size(), flag);
    all.add(worker);
    return worker;
  }

  private long acknowledged(final int word) {
    return all.stream().mapToLong(worker -> worker.ledger.sum(word)).sum();
  }

  /** How many updates were counted that no ledger knows: of threads killed between the two. */
  private long check(final String reader, final Page page) {
    System.out.println("torture: as a fresh " + reader + " sees it");
    final long counting = (long) kills * CountingWorker.THREADS;
    long more = 0;
    more += checkBound("shared", CountingWorker.SHARED, page.sum("shared_total"), counting);
    more += checkBound("own", CountingWorker.OWN, page.sum("own_total"), counting);
    more += checkBound("halves", CountingWorker.HALVES, 2 * page.sum("halves_total"), counting);
    more += checkBound("observed", CountingWorker.OBSERVED, page.sum("observed_count"), counting);
    more += checkBound("created", CountingWorker.CREATED_OWN, page.sum("created_own_total"), kills);
    more +=
        checkBound("raced", CountingWorker.CREATED_SHARED, page.sum("created_shared_total"), kills);
    assertThat(more).as("one update at most of each thread").isLessThanOrEqualTo(counting);
    final boolean overflow = page.value("own_total{worker=\"__overflow__\"}") != null;
    for (final Worker worker : all) {
      final Double own = page.value("own_total{worker=\"" + worker.name + "\"}");
      if (own == null && overflow) {
        continue; // it began while the file could not grow in time
      }
      final long least = worker.ledger.sum(CountingWorker.OWN);
      final long slack = worker.killed ? CountingWorker.THREADS : 0;
      assertThat(own).as(worker.name).isBetween((double) least, (double) (least + slack));
    }
    // Each was counted once; more only where many had to share the overflow series.
    final double overflowed =
        page.samples().entrySet().stream()
            .filter(sample -> sample.getKey().contains("__overflow__"))
            .mapToDouble(sample -> sample.getValue())
            .sum();
    System.out.printf(
        "torture: %d series created, %.0f updates overflowed%n",
        page.count("created_own_total") + page.count("created_shared_total"), overflowed);
    assertThat(page.count("created_own_total") + overflowed)
        .isGreaterThanOrEqualTo((double) acknowledged(CountingWorker.CREATED_OWN));
    return more;
  }

  private long checkBound(
      final String what, final int word, final double counted, final long killed) {
    final long acknowledged = acknowledged(word);
    System.out.printf(
        "torture: %-8s acknowledged %d, counted %.0f (%+.0f, at most %+d)%n",
        what, acknowledged, counted, counted - acknowledged, killed);
    assertThat(counted).as(what).isBetween((double) acknowledged, (double) (acknowledged + killed));
    return (long) counted - acknowledged;
  }

  private static void checkThatAllGoesOn(final MetricRegistry writer) {
    final Counter fresh = Counter.builder("fresh_total").labelNames("n").register(writer);
    for (int n = 0; n < 20_000; n++) {
      fresh.labelValues("x" + n).inc();
    }
    final Page page = Page.of(writer);
    assertThat(page.count("fresh_total")).isEqualTo(20_000);
    assertThat(page.sum("fresh_total")).isEqualTo(20_000);
  }

  private final class Worker {
    final String name;
    final Ledger ledger;
    private final ChildJvm jvm;
    boolean killed;

    Worker(final int number, final boolean flag) {
      this.name = "w" + number;
      final Path ledgerFile = stage.path(name + ".ledger");
      this.ledger = Ledger.open(ledgerFile, CountingWorker.THREADS);
      final ChildJvm.Builder builder = Stage.jvm(CountingWorker.class, file, name, ledgerFile);
      if (number % 4 != 0) {
        // To compile all of them well takes most of the time.
        builder.option("-XX:TieredStopAtLevel=1");
      }
      this.jvm = stage.start(flag ? builder : builder.withoutFlag());
    }

    void awaitCounting() {
      jvm.await("counting", GUARD);
      awaitProgress(passes());
    }

    /** Kills it while all of its threads are at it: none had left its loop. */
    void killInTheMiddle() {
      awaitCounting();
      awaitProgress(passes());
      final int exit = jvm.kill();
      killed = true;
      assertThat(exit).as("exit code of a killed worker:\n" + jvm.output()).isEqualTo(128 + 9);
      assertThat(ledger.sum(CountingWorker.ENDED)).as("threads at their end").isZero();
    }

    void stop() {
      jvm.command("stop");
      jvm.await("stopped", GUARD);
      assertThat(jvm.awaitExit(GUARD)).as(jvm.output()).isZero();
      assertThat(ledger.sum(CountingWorker.ENDED)).isEqualTo(CountingWorker.THREADS);
    }

    private long[] passes() {
      final long[] passes = new long[CountingWorker.THREADS];
      for (int thread = 0; thread < passes.length; thread++) {
        passes[thread] = ledger.load(thread, CountingWorker.PASSES);
      }
      return passes;
    }

    /** Waits until every one of its threads has gone on. */
    private void awaitProgress(final long[] since) {
      final long deadline = System.nanoTime() + GUARD.toNanos();
      for (int thread = 0; thread < since.length; thread++) {
        while (ledger.load(thread, CountingWorker.PASSES) == since[thread]) {
          assertThat(jvm.isAlive()).as(jvm.output()).isTrue();
          assertThat(System.nanoTime() - deadline)
              .as("thread %d of %s does not go on:\n%s", thread, name, jvm.output())
              .isNegative();
          LockSupport.parkNanos(100_000);
        }
      }
    }
  }
}
