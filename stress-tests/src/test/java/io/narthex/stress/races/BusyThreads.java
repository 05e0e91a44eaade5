package io.narthex.stress.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Threads whose ids were chosen, as these decide which stripes they count into. */
final class BusyThreads {
  /** So many threads share each place in what is noted about threads. */
  private static final int ALIKE = 8;

  /** Ids that differ by a multiple of this share a place. */
  private static final int PLACES = 1024;

  private BusyThreads() {}

  /**
   * Runs work in many threads at once, of which {@value #ALIKE} each share a place.
   *
   * @throws AssertionError if it fails in one of them, or if one does not end
   */
  static void runTogether(final int count, final Runnable work) {
    final int places = (count + ALIKE - 1) / ALIKE;
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    final List<Thread> threads = new ArrayList<>();
    while (threads.size() < count) {
      final Thread thread = thread(work, failure);
      if (thread.getId() % PLACES < places) {
        threads.add(thread); // the others are only there for their ids
      }
    }
    run(threads);
    assertThat(failure.get()).isNull();
  }

  /** Runs work in two threads that have one home. */
  static void runAtOneHome(final int homes, final Runnable one, final Runnable other) {
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    final Thread first = thread(one, failure);
    Thread second;
    do {
      second = thread(other, failure);
    } while (second.getId() % homes != first.getId() % homes);
    run(List.of(first, second));
    assertThat(failure.get()).isNull();
  }

  private static Thread thread(final Runnable work, final AtomicReference<Throwable> failure) {
    final Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (final Throwable e) {
                failure.compareAndSet(null, e);
              }
            },
            "busy");
    thread.setDaemon(true);
    return thread;
  }

  private static void run(final List<Thread> threads) {
    threads.forEach(Thread::start);
    for (final Thread thread : threads) {
      try {
        thread.join(TimeUnit.MINUTES.toMillis(30));
      } catch (final InterruptedException e) {
        throw new AssertionError("interrupted while waiting for " + thread, e);
      }
      assertThat(thread.isAlive()).as("%s is alive", thread).isFalse();
    }
  }
}
