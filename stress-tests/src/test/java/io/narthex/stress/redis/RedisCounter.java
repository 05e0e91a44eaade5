package io.narthex.stress.redis;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.redis.RedisBackend;
import io.narthex.exposition.TextFormat;
import io.narthex.stress.harness.Attempts;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Watchdog;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.LogManager;

/**
 * Counts into Redis by two threads and scrapes by another one until it is told to {@code stop};
 * then counts what is new at {@code fresh}, and carries the rest and ends at {@code close}. No
 * update may throw anything, and no scrape what is not declared.
 *
 * <p>Arguments: the address of Redis, the backend's mode.
 */
public final class RedisCounter {
  static final int THREADS = 2;
  static final int FRESH = 1_000;
  private static final int UPDATES_PER_PAUSE = 50;
  private static final int LABELS = 40;
  private static final int MOST_ATTEMPTS = 50;

  private final Watchdog watchdog = Watchdog.start();
  private final MetricRegistry registry;
  private final Counter hits;
  private final Counter bytes;
  private final Gauge level;
  private final Gauge parts;
  private final Histogram size;
  private final AtomicLong counted = new AtomicLong();
  private final CountDownLatch started = new CountDownLatch(THREADS);
  private volatile boolean stop;

  private RedisCounter(final MetricRegistry registry) {
    this.registry = registry;
    hits = Counter.builder("hits").register(registry);
    bytes = Counter.builder("bytes").labelNames("kind").register(registry);
    level = Gauge.builder("level").register(registry);
    parts = Gauge.builder("parts").mode(GaugeMode.SUM).register(registry);
    size = Histogram.builder("size").buckets(1, 2, 3).register(registry);
  }

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    LogManager.getLogManager().reset(); // what is damaged is logged
    final RedisCounter counter =
        new RedisCounter(
            MetricRegistry.create(
                connect(
                    RedisBackend.builder(URI.create(arguments[0]))
                        .mode(RedisBackend.Mode.valueOf(arguments[1]))
                        .flushInterval(Duration.ofMillis(3))
                        .timeout(Duration.ofMillis(100))
                        .closeTimeout(Duration.ofSeconds(30)))));
    counter.run();
  }

  /** A busy machine may need longer than the timeout for the first time. */
  private static RedisBackend connect(final RedisBackend.Builder builder) {
    for (int attempt = 1; ; attempt++) {
      try {
        return builder.connect();
      } catch (final NarthexException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void run() throws InterruptedException {
    final List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      threads.add(new Thread(this::count, "counter-" + t));
    }
    threads.add(new Thread(this::scrape, "scraper"));
    threads.forEach(Thread::start);
    started.await();
    ChildMain.say("counting");
    awaitCommand("stop");
    stop = true;
    for (final Thread thread : threads) {
      thread.join();
    }
    ChildMain.say("counted " + counted);
    awaitCommand("fresh");
    final Counter fresh = Counter.builder("fresh").register(registry);
    for (int i = 0; i < FRESH; i++) {
      fresh.inc();
    }
    awaitCommand("close");
    registry.close();
    ChildMain.say("closed");
  }

  private void awaitCommand(final String expected) throws InterruptedException {
    final String command = ChildMain.nextCommand();
    if (!command.equals(expected)) {
      throw new AssertionError(command + " instead of " + expected);
    }
    watchdog.begin(command);
  }

  private void count() {
    final Attempts updates = new Attempts(() -> "updating");
    for (long n = 0; !stop; n++) {
      final long number = n;
      watchdog.begin("counting");
      updates.mustWork("update", () -> update(number));
      counted.incrementAndGet();
      started.countDown();
      if (n % UPDATES_PER_PAUSE == 0) {
        LockSupport.parkNanos(100_000);
      }
    }
  }

  private void update(final long number) {
    hits.inc();
    bytes.labelValues("k" + number % LABELS).inc(0.25);
    level.inc(2);
    parts.inc();
    size.observe((double) (number % 4));
  }

  private void scrape() {
    final Attempts scrapes = new Attempts(() -> "scraping");
    while (!stop) {
      scrapes.attempt("page", () -> Page.of(registry));
      scrapes.attempt(
          "scrape", () -> TextFormat.OPENMETRICS.write(registry, OutputStream.nullOutputStream()));
    }
    ChildMain.say("scraped " + scrapes);
  }
}
