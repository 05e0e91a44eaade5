package io.narthex.jmh.harness;

import io.narthex.Counter;
import io.narthex.MetricRegistry;

/**
 * A JVM that counts as its parent says: {@code CountingWorker PLACE WHERE}. It answers {@code
 * ready}. To {@code run METRIC CHILD WARM_UP_MS MS} it answers {@code warm}, then waits for {@code
 * go} and answers with three numbers: the calls of the time that was measured, its nanoseconds, and
 * all calls. To {@code close} it answers {@code closed} when everything has been delivered.
 */
final class CountingWorker {
  /** The warm-up is so many calls of the loop, lest only its first one be compiled. */
  private static final int SLICES = 10;

  private final Counter counter;
  private final int batch;
  private long all;

  /** Of the last run of the loop. */
  private long calls;

  private CountingWorker(final Counter counter, final int batch) {
    this.counter = counter;
    this.batch = batch;
  }

  public static void main(final String... args) throws InterruptedException {
    final Parent parent = Parent.listen();
    final Place place = Place.valueOf(args[0]);
    try (MetricRegistry registry = place.writer(args[1])) {
      parent.say("ready");
      for (String order = parent.order(); !order.equals("close"); order = parent.order()) {
        final String[] words = order.split(" ", -1);
        final Counter family = Counter.builder(words[1]).labelNames("child").register(registry);
        new CountingWorker(family.labelValues(words[2]), place.batch)
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
      count(warmUp / SLICES);
    }
    parent.say("warm");
    parent.order();
    final long took = count(time);
    parent.say(calls + " " + took + ' ' + all);
  }

  /** Counts for that long; returns how long it was. */
  private long count(final long nanos) {
    final Counter child = counter;
    final int each = batch;
    long done = 0;
    final long start = System.nanoTime();
    long took;
    do {
      for (int i = 0; i < each; i++) {
        child.inc();
      }
      done += each;
      took = System.nanoTime() - start;
    } while (took < nanos);
    calls = done;
    all += done;
    return took;
  }
}
