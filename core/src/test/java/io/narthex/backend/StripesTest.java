package io.narthex.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripesTest {
  private static final int STRIPES = 16;

  /** Far more updates than a thread stays patient for. */
  private static final int ROUNDS = 1_000;

  private static final long DEADLINE_NANOS = 20_000_000_000L;

  private final List<ExecutorService> threads = new ArrayList<>();

  @AfterEach
  void stop() {
    threads.forEach(ExecutorService::shutdownNow);
  }

  @Test
  void shouldPartTwoThreadsThatAreBusyOnOneStripe() throws Exception {
    if (Runtime.getRuntime().availableProcessors() == 1) {
      final String reason = "skipped: with one processor no two threads are busy at the same time";
      System.out.println(reason);
      abort(reason);
    }
    startAtOneHome(2);
    final AtomicLong shared = new AtomicLong();
    final AtomicLongArray stripes =
        new AtomicLongArray(new long[] {stripe(threads.get(0)), stripe(threads.get(1))});
    assertEquals(stripes.get(0), stripes.get(1), "they are to meet at first");
    final AtomicBoolean parted = new AtomicBoolean();
    final long end = System.nanoTime() + DEADLINE_NANOS;
    final List<Future<?>> loops = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      final int self = t;
      loops.add(
          threads
              .get(t)
              .submit(
                  () -> {
                    while (!parted.get() && System.nanoTime() < end) {
                      for (int i = 0; i < 100; i++) {
                        stripes.set(self, Stripes.index(STRIPES - 1));
                        shared.getAndIncrement();
                      }
                      if (stripes.get(0) != stripes.get(1)) {
                        parted.set(true);
                      }
                    }
                  }));
    }
    for (final Future<?> loop : loops) {
      loop.get();
    }
    assertTrue(parted.get(), shared + " updates, and both are still on one stripe");
    for (int round = 0; round < ROUNDS; round++) {
      assertEquals(2, stripesOfOneRound().size(), "they are to stay apart");
    }
  }

  @Test
  void shouldLetAThreadStayWhereNobodyElseIs() throws Exception {
    startAtOneHome(1);
    final Set<Long> seen = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      seen.addAll(stripesOfOneRound());
    }
    assertEquals(1, seen.size());
  }

  @Test
  void shouldLeaveToAThreadTheStripeOfOneThatHasEnded() throws Exception {
    startAtOneHome(2);
    final long home = stripe(threads.get(0));
    for (int round = 0; round < ROUNDS; round++) {
      stripe(threads.get(0));
    }
    threads.remove(0).shutdownNow();
    for (int round = 0; round < ROUNDS; round++) {
      assertEquals(home, stripe(threads.get(0)), "nobody is there whom it could meet");
    }
  }

  @Test
  void shouldKeepToTheStripesThatThereAre() throws Exception {
    startAtOneHome(3);
    for (int stripes = 1; stripes <= Stripes.MOST; stripes *= 2) {
      final int mask = stripes - 1;
      for (int round = 0; round < ROUNDS / 10; round++) {
        for (final ExecutorService thread : threads) {
          final long stripe = thread.submit(() -> Stripes.index(mask)).get();
          assertTrue(stripe >= 0 && stripe < stripes, stripe + " of " + stripes);
        }
      }
    }
  }

  /** Threads whose ids differ by multiples of the number of stripes. */
  private void startAtOneHome(final int count) throws Exception {
    final ExecutorService first = start();
    threads.add(first);
    final long home = id(first) % STRIPES;
    while (threads.size() < count) {
      final ExecutorService next = start();
      if (id(next) % STRIPES == home) {
        threads.add(next);
      } else {
        next.shutdownNow();
      }
    }
  }

  private static ExecutorService start() {
    return Executors.newSingleThreadExecutor();
  }

  private static long id(final ExecutorService thread) throws Exception {
    return thread.submit(() -> Thread.currentThread().getId()).get();
  }

  private static long stripe(final ExecutorService thread) throws Exception {
    final Callable<Long> stripe = () -> Stripes.index(STRIPES - 1);
    return thread.submit(stripe).get();
  }

  /** One update of each thread, one after the other. */
  private Set<Long> stripesOfOneRound() throws Exception {
    final Set<Long> stripes = new HashSet<>();
    for (final ExecutorService thread : threads) {
      stripes.add(stripe(thread));
    }
    return stripes;
  }
}
