package io.narthex.stress.reader;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.stress.harness.ChildMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Creates the varied series and enough others to make the file grow, then counts, and creates some
 * more, until it is told to pause. It lives on until it is killed.
 *
 * <p>Argument: the mapped file.
 */
public final class VariedWorker {
  private static final int THREADS = 2;
  private static final int SERIES_BEFORE = 2_000;
  private static final int SERIES = 3_000;

  private static volatile boolean paused;

  private VariedWorker() {}

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    final MetricRegistry registry = MetricRegistry.create(VariedSeries.open(Path.of(arguments[0])));
    VariedSeries.create(registry);
    final Counter many = Counter.builder("many_total").labelNames("n").register(registry);
    for (int n = 0; n < SERIES_BEFORE; n++) {
      many.labelValues("n" + n).inc(n);
    }
    final Counter busy = Counter.builder("busy_total").labelNames("kind").register(registry);
    final Histogram observed = Histogram.builder("observed").buckets(1, 2).register(registry);
    final List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      threads.add(new Thread(() -> count(many, busy, observed), "counting-" + t));
    }
    threads.forEach(Thread::start);
    ChildMain.say("counting");
    ChildMain.nextCommand();
    paused = true;
    for (final Thread thread : threads) {
      thread.join();
    }
    ChildMain.say("paused");
    ChildMain.nextCommand();
    registry.close();
  }

  private static void count(final Counter many, final Counter busy, final Histogram observed) {
    try {
      for (int n = SERIES_BEFORE; !paused; n++) {
        for (int i = 0; i < 100; i++) {
          busy.labelValues("whole").inc();
          busy.labelValues("fraction").inc(0.25);
          observed.observe(i & 3);
        }
        many.labelValues("n" + n % SERIES).inc();
        // The reader is to get its share of a small machine.
        LockSupport.parkNanos(50_000);
      }
    } catch (final RuntimeException | Error e) {
      ChildMain.fail(e);
    }
  }
}
