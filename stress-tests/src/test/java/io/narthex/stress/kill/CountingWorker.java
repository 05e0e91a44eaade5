package io.narthex.stress.kill;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Ledger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts on shared and own series, and creates new ones, until it is told to stop or killed. Each
 * thread stores its number in the ledger after each update.
 *
 * <p>Arguments: the mapped file, the worker's name, its ledger.
 */
public final class CountingWorker {
  static final int THREADS = 3;

  /** Thread 2 creates series, the others count. */
  static final int CREATOR = 2;

  static final int SHARED = 0;
  static final int OWN = 1;
  static final int HALVES = 2;
  static final int OBSERVED = 3;
  static final int CREATED_OWN = 4;
  static final int CREATED_SHARED = 5;

  /** Not zero once the thread has left its loop of its own accord. */
  static final int ENDED = 6;

  /** A word that every pass of a thread moves. */
  static final int PASSES = 7;

  private static final int UPDATES_PER_CREATION = 100;

  /** So many series at once, so that the file has to grow; then fewer, so that it stays usable. */
  private static final int FIRST_SERIES = 1_000;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Each thread rests for most of the time, so that others get to their beginning. */
  private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

  private static volatile boolean stop;

  private final String name;
  private final Ledger ledger;
  private final Counter shared;
  private final Counter own;
  private final Counter halves;
  private final Histogram observed;
  private final Counter createdOwn;
  private final Counter createdShared;

  private CountingWorker(final MetricRegistry registry, final String name, final Ledger ledger) {
    this.name = name;
    this.ledger = ledger;
    this.shared = Counter.builder("shared_total").register(registry);
    this.own =
        Counter.builder("own_total").labelNames("worker").register(registry).labelValues(name);
    this.halves = Counter.builder("halves_total").register(registry);
    this.observed = Histogram.builder("observed").buckets(1, 2, 3).register(registry);
    this.createdOwn =
        Counter.builder("created_own_total").labelNames("worker", "n").register(registry);
    this.createdShared = Counter.builder("created_shared_total").labelNames("n").register(registry);
  }

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    final MetricRegistry registry = MetricRegistry.create(open(Path.of(arguments[0])));
    final CountingWorker worker =
        new CountingWorker(registry, arguments[1], Ledger.open(Path.of(arguments[2]), THREADS));
    final List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      final int thread = t;
      threads.add(new Thread(() -> worker.run(thread), "worker-" + t));
    }
    threads.forEach(Thread::start);
    ChildMain.say("counting");
    ChildMain.nextCommand();
    stop = true;
    for (final Thread thread : threads) {
      thread.join();
    }
    registry.close();
    ChildMain.say("stopped");
  }

  /** Opens the file, small at first, so that it has to grow while its users are killed. */
  static MappedBackend open(final Path file) {
    return MappedBackend.builder(file).initialSize(512 << 10).open();
  }

  private void run(final int thread) {
    try {
      final long[] done = new long[Ledger.WORDS];
      long created = System.nanoTime();
      long begun = created;
      while (!stop) {
        count(thread, done);
        if (thread == CREATOR
            && (done[CREATED_OWN] < FIRST_SERIES || System.nanoTime() - created > PAUSE_NANOS)) {
          create(thread, done);
          created = System.nanoTime();
        }
        ledger.store(thread, PASSES, ++done[PASSES]);
        if (System.nanoTime() - begun > BUSY_NANOS) {
          LockSupport.parkNanos(REST_NANOS);
          begun = System.nanoTime();
        }
      }
      ledger.store(thread, ENDED, 1);
    } catch (final RuntimeException | Error e) {
      ChildMain.fail(e);
    }
  }

  private void count(final int thread, final long[] done) {
    for (int i = 0; i < UPDATES_PER_CREATION; i++) {
      shared.inc();
      ledger.store(thread, SHARED, ++done[SHARED]);
      own.inc();
      ledger.store(thread, OWN, ++done[OWN]);
      halves.inc(0.5);
      ledger.store(thread, HALVES, ++done[HALVES]);
      observed.observe(i & 3);
      ledger.store(thread, OBSERVED, ++done[OBSERVED]);
    }
  }

  private void create(final int thread, final long[] done) {
    createdOwn.labelValues(name, Long.toString(done[CREATED_OWN])).inc();
    ledger.store(thread, CREATED_OWN, ++done[CREATED_OWN]);
    createdShared.labelValues(Long.toString(done[CREATED_SHARED])).inc();
    ledger.store(thread, CREATED_SHARED, ++done[CREATED_SHARED]);
  }
}
