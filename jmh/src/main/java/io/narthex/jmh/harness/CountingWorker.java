package io.narthex.jmh.harness;

import java.util.concurrent.locks.LockSupport;

/**
 * A JVM that counts as its parent says: {@code CountingWorker PLACE WHERE}. It answers {@code
 * ready}. To {@code run METRIC CHILD WARM_UP_MS MS} it answers {@code warm}, then waits to be told
 * at which {@link System#nanoTime} to start, and answers with a {@link Stretch}. To {@code close}
 * it answers {@code closed} when everything has been delivered.
 */
final class CountingWorker {
  /** The warm-up is so many calls of the loop, lest only its first one be compiled. */
  private static final int SLICES = 10;

  private final Runnable increment;
  private final int batch;
  private long all;

  private CountingWorker(final Runnable increment, final int batch) {
    this.increment = increment;
    this.batch = batch;
  }

  public static void main(final String... args) throws InterruptedException {
    final Parent parent = Parent.listen();
    final Place place = Place.valueOf(args[0]);
    try (Counters counters = place.open(args[1])) {
      parent.say("ready");
      for (String order = parent.order(); !order.equals("close"); order = parent.order()) {
        final String[] words = order.split(" ", -1);
        new CountingWorker(counters.counter(words[1], words[2]), place.batch)
            .run(parent, millis(words[3]), millis(words[4]));
      }
    }
    parent.say("closed");
  }

  private static long millis(final String text) {
    return Long.parseLong(text) * 1_000_000;
  }

  private void run(final Parent parent, final long warmUp, final long time)
      throws InterruptedException {
    for (int i = 0; i < SLICES; i++) {
      count(System.nanoTime() + warmUp / SLICES);
    }
    parent.say("warm");
    final long start = Long.parseLong(parent.order());
    while (System.nanoTime() - start < 0) {
      LockSupport.parkNanos(start - System.nanoTime());
    }
    parent.say(count(start + time).line());
  }

  /** Counts until then. */
  private Stretch count(final long until) {
    final Runnable call = increment;
    final int each = batch;
    long calls = 0;
    final long start = System.nanoTime();
    long now;
    do {
      for (int i = 0; i < each; i++) {
        call.run();
      }
      calls += each;
      now = System.nanoTime();
    } while (now - until < 0);
    all += calls;
    return new Stretch(calls, start, now, all);
  }
}
