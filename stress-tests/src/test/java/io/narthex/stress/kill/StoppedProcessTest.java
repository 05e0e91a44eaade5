package io.narthex.stress.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Ledger;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.RunningClock;
import io.narthex.stress.harness.Stage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * A process that is stopped, wherever it was, holds up nobody. {@code
 * -Dnarthex.stress.kill.stopSeed=N} stops as often after as long as a run did that printed the
 * seed.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class StoppedProcessTest {
  private static final int STOPS = 10;
  private static final long SEED = Long.getLong("narthex.stress.kill.stopSeed", System.nanoTime());

  /** After a failure nobody tries to grow for a second. */
  private static final long RETRY_MILLIS = 1_500;

  /** Longer than what needs no growth, and less than what waits for one in vain: half a second. */
  private static final long LEAST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  /**
   * The promise is 1 s, and another one where a segment has to be mapped; a machine may be busy.
   */
  private static final long MOST_WAIT_MILLIS = 5_000;

  /** What is promised to every wait is kept by the quickest of some, however busy the machine. */
  private static final long QUICK_WAIT_MILLIS = 1_500;

  private static final int WAITS = 3;

  private static final int KEPT = 500;

  private static final Duration GUARD = Duration.ofSeconds(60);

  @AutoClose private final Stage stage = Stage.open();
  @AutoClose private final RunningClock clock = RunningClock.start();

  private final Path file = stage.path("stopped.nx");

  @Test
  void shouldGoOnWhenAnotherProcessIsStoppedInTheMiddle() throws InterruptedException {
    System.out.println("stopped processes: seed " + SEED);
    final Random random = new Random(SEED);
    final List<ChildJvm> workers = new ArrayList<>();
    final List<Ledger> ledgers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      final Path ledger = stage.path("ledger-" + i);
      ledgers.add(Ledger.open(ledger, CountingWorker.THREADS));
      workers.add(stage.start(CountingWorker.class, file, "w" + i, ledger));
    }
    for (final ChildJvm worker : workers) {
      worker.await("counting", GUARD);
    }
    for (int stop = 0; stop < STOPS; stop++) {
      Thread.sleep(random.nextInt(150));
      final ChildJvm stopped = workers.get(stop % 2);
      stopped.signal("STOP");
      try {
        awaitCreations(ledgers.get(1 - stop % 2));
        assertThat(Page.of(file).sum("shared_total")).isPositive();
      } finally {
        stopped.signal("CONT");
      }
    }
    for (final ChildJvm worker : workers) {
      worker.command("stop");
      worker.await("stopped", GUARD);
    }
    final Page page = Page.of(file);
    checkSum(page.sum("shared_total"), ledgers, CountingWorker.SHARED);
    checkSum(page.sum("own_total"), ledgers, CountingWorker.OWN);
    checkSum(page.sum("observed_count"), ledgers, CountingWorker.OBSERVED);
    checkSum(page.sum("created_own_total"), ledgers, CountingWorker.CREATED_OWN);
    checkSum(page.sum("created_shared_total"), ledgers, CountingWorker.CREATED_SHARED);
  }

  private static void checkSum(final double counted, final List<Ledger> ledgers, final int word) {
    final long acknowledged = ledgers.stream().mapToLong(ledger -> ledger.sum(word)).sum();
    assertThat(counted).as("word %d", word).isEqualTo((double) acknowledged);
  }

  private static void awaitCreations(final Ledger ledger) {
    final long deadline = System.nanoTime() + GUARD.toNanos();
    final long since = ledger.sum(CountingWorker.CREATED_SHARED);
    while (ledger.sum(CountingWorker.CREATED_SHARED) < since + 10) {
      assertThat(System.nanoTime() - deadline).as("nothing goes on").isNegative();
      LockSupport.parkNanos(100_000);
    }
  }

  /** What a grower does to the others that is stopped while it has the lock. */
  @Test
  void shouldCountIntoTheOverflowSeriesWhileTheGrowerIsStopped(final TestReporter reporter)
      throws Exception {
    try (MetricRegistry registry = MetricRegistry.create(CountingWorker.open(file))) {
      final Counter counter = Counter.builder("n_total").labelNames("n").register(registry);
      final Gauge gauge = Gauge.builder("g").mode(GaugeMode.SUM).labelNames("n").register(registry);
      final Kept kept = new Kept(registry);
      final ChildJvm grower = stage.start(Grower.class, file);
      grower.await("growing", GUARD);
      final int series =
          fill(registry, "n_total", n -> counter.labelValues("n" + n).inc(), reporter);
      final int gauges = fill(registry, "g", n -> gauge.labelValues("n" + n).inc(), reporter);
      Thread.sleep(RETRY_MILLIS);
      // Whoever wants room now would wait for it again, as fill did.
      final long before = waits();
      kept.update();
      // One may meet the file's thread at the queue of its tasks.
      assertThat(waits() - before).as("waits of updates").isLessThan(KEPT / 10);
      final long quickest = quickestWait(counter);
      assertThat(quickest).as("ms of the quickest wait in vain").isLessThan(QUICK_WAIT_MILLIS);
      final Page during = Page.of(registry);
      kept.check(during);
      assertThat(during.sum("n_total")).isEqualTo(series + WAITS);
      assertThat(during.sum("g")).isEqualTo(gauges);
      grower.kill();
      Thread.sleep(RETRY_MILLIS);
      counter.labelValues("later").inc();
      gauge.labelValues("later").inc();
      final Page after = Page.of(registry);
      assertThat(after.value("n_total{n=\"later\"}")).isEqualTo(1);
      assertThat(after.value("g{n=\"later\"}")).isEqualTo(1);
      assertThat(after.sum("n_total")).isEqualTo(series + WAITS + 1);
      assertThat(after.sum("g")).isEqualTo(gauges + 1);
    }
  }

  /**
   * Creates series until one has waited in vain for the file to grow, which nobody may for long.
   *
   * @return how many were asked for
   */
  private int fill(
      final MetricRegistry registry,
      final String family,
      final IntConsumer create,
      final TestReporter reporter) {
    long longestNanos = 0;
    int series = 0;
    while (longestNanos < LEAST_WAIT_NANOS
        || Page.of(registry).value(family + "{n=\"__overflow__\"}") == null) {
      final long begin = clock.millis();
      final long beginNanos = System.nanoTime();
      create.accept(series);
      longestNanos = Math.max(longestNanos, System.nanoTime() - beginNanos);
      assertThat(clock.millis() - begin)
          .as("ms for series %d of %s", series, family)
          .isLessThan(MOST_WAIT_MILLIS);
      series++;
    }
    reporter.publishEntry(
        "longest wait in ms, " + family,
        Long.toString(TimeUnit.NANOSECONDS.toMillis(longestNanos)));
    return series;
  }

  /** The milliseconds of the quickest of some creations that wait in vain for the file to grow. */
  private long quickestWait(final Counter counter) throws InterruptedException {
    long quickest = Long.MAX_VALUE;
    for (int i = 0; i < WAITS; i++) {
      final long begin = clock.millis();
      final long before = waits();
      counter.labelValues("waits" + i).inc();
      assertThat(waits() - before).as("waits of creation %d", i).isPositive();
      quickest = Math.min(quickest, clock.millis() - begin);
      Thread.sleep(RETRY_MILLIS);
    }
    return quickest;
  }

  /** How often this thread has waited: parked, slept, or stood before a monitor. */
  private static long waits() {
    final ThreadInfo me =
        ManagementFactory.getThreadMXBean().getThreadInfo(Thread.currentThread().getId());
    return me.getWaitedCount() + me.getBlockedCount();
  }

  /**
   * Handles that were made while there was room. Each counter's first fraction, for which it would
   * like a cell, comes when there is none: there are more of them than can be left over.
   */
  private static final class Kept {
    private final List<Counter> counters = new ArrayList<>();
    private final Gauge gauge;
    private final Histogram histogram;

    Kept(final MetricRegistry registry) {
      final Counter counter = Counter.builder("kept").labelNames("n").register(registry);
      for (int n = 0; n < KEPT; n++) {
        counters.add(counter.labelValues("k" + n));
      }
      gauge = Gauge.builder("level").labelNames("n").register(registry).labelValues("k");
      histogram = Histogram.builder("seen").labelNames("n").register(registry).labelValues("k");
    }

    void update() {
      for (final Counter counter : counters) {
        counter.inc();
        counter.inc(0.5);
        counter.inc(0.5);
        gauge.inc();
        gauge.set(7);
        histogram.observe(0.5);
      }
    }

    void check(final Page page) {
      assertThat(page.count("kept_total")).isEqualTo(KEPT);
      assertThat(page.sum("kept_total")).isEqualTo(2 * KEPT);
      assertThat(page.value("level{n=\"k\"}")).isEqualTo(7);
      assertThat(page.value("seen_count{n=\"k\"}")).isEqualTo(KEPT);
    }
  }

  /** Has the lock under which a file grows, and does not let go of it. */
  public static final class Grower {
    private Grower() {}

    public static void main(final String[] arguments) throws Exception {
      try (FileChannel channel =
              FileChannel.open(
                  Path.of(arguments[0] + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock(0, 1, false)) {
        ChildMain.say("growing " + lock.isValid());
        ChildMain.nextCommand();
      }
    }
  }
}
