package io.narthex.stress.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.backend.Stripes;
import io.narthex.stress.harness.Skip;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Threads whose ids lead them to one stripe, or to one place in what is noted about threads.
 *
 * <p>{@code -Dnarthex.stress.stripes.seconds} sets for how long pairs of threads are to meet, 5
 * unless it is set. On a busy host two threads seldom run at one time, so there are few.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class MeetingThreadsTest {
  private static final long SECONDS = Long.getLong("narthex.stress.stripes.seconds", 5);

  /** As many as a value has stripes, unless told otherwise. */
  private static final int HOMES = 16;

  /** They part within microseconds; two that stay together do so for ever. */
  private static final long GUARD_NANOS = TimeUnit.MINUTES.toNanos(2);

  @Test
  void shouldKeepToTheStripesThatThereAre() {
    BusyThreads.runTogether(
        300,
        () -> {
          for (int round = 0; round < 1_000; round++) {
            for (int stripes = 1; stripes <= Stripes.MOST; stripes *= 2) {
              final long stripe = Stripes.index(stripes - 1);
              if (stripe < 0 || stripe >= stripes) {
                throw new AssertionError(stripe + " of " + stripes);
              }
            }
          }
        });
  }

  @Test
  void shouldPartEveryTwoThreadsThatAreBusyOnOneStripe(final TestReporter reporter) {
    Skip.unless(
        Runtime.getRuntime().availableProcessors() > 1,
        () -> "with one processor no two threads are busy at the same time");
    final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    int met = 0;
    for (int pair = 0; met == 0 || System.nanoTime() < end; pair++) {
      final Pair threads = new Pair();
      BusyThreads.runAtOneHome(HOMES, () -> threads.work(0), () -> threads.work(1));
      met += threads.met() ? 1 : 0;
      assertThat(threads.parted())
          .as("pair %s, of which %s met: %s updates", pair, met, threads.updates)
          .isTrue();
    }
    reporter.publishEntry("pairs that met and parted", Integer.toString(met));
  }

  /** Two threads that count into one cell for as long as they are on one stripe. */
  private static final class Pair {
    final AtomicLong updates = new AtomicLong();
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicLongArray first = new AtomicLongArray(2);
    private final AtomicLongArray now = new AtomicLongArray(2);
    private volatile boolean parted;

    void work(final int self) {
      final long end = System.nanoTime() + GUARD_NANOS;
      final long stripe = Stripes.index(HOMES - 1);
      first.set(self, stripe);
      now.set(self, stripe);
      ready.incrementAndGet();
      while (ready.get() < 2) {
        Thread.onSpinWait();
      }
      while (!parted && System.nanoTime() < end) {
        for (int i = 0; i < 100; i++) {
          now.set(self, Stripes.index(HOMES - 1));
          updates.getAndIncrement();
        }
        if (now.get(0) != now.get(1)) {
          parted = true;
        }
      }
    }

    boolean met() {
      return first.get(0) == first.get(1);
    }

    boolean parted() {
      return parted;
    }
  }
}
