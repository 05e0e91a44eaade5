package io.narthex.stress.environment;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.TextFormat;
import io.narthex.stress.harness.ChildMain;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts into a file that is truncated under it, and tells what came of it if it lives.
 *
 * <p>Arguments: the file, and how often to count before. Then waits for a line, which is to come
 * when the file is truncated.
 */
public final class TruncatedWriter {
  /** How many series are there before, each with its number as its value. */
  static final int FIXED = 100;

  /** Longer than the second after which the engine looks after the file by itself. */
  private static final long WATCH_MILLIS = 1_500;

  private static volatile boolean stop;

  private final Counter counter;
  private final Histogram histogram;
  private final AtomicLong returned = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong internalErrors = new AtomicLong();
  private int made;

  private TruncatedWriter(final MetricRegistry registry) {
    final Counter fixed = Counter.builder("fixed").labelNames("n").register(registry);
    for (int n = 1; n <= FIXED; n++) {
      fixed.labelValues("n" + n).inc(n);
    }
    this.counter = Counter.builder("n").labelNames("n").register(registry);
    this.histogram = Histogram.builder("h").buckets(1, 2).register(registry);
  }

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException, IOException {
    final MetricRegistry registry =
        MetricRegistry.create(
            MappedBackend.builder(Path.of(arguments[0])).initialSize(512 << 10).open());
    final TruncatedWriter writer = new TruncatedWriter(registry);
    final int warmUp = Integer.parseInt(arguments[1]);
    for (int i = 0; i < warmUp; i++) {
      writer.count();
    }
    final Thread counting = new Thread(writer::countOn, "counting");
    counting.setDaemon(true);
    counting.setUncaughtExceptionHandler((thread, thrown) -> writer.ended(thrown));
    counting.start();
    ChildMain.say("counting");
    ChildMain.nextCommand();
    for (int i = 0; i < 20; i++) {
      writer.attemptAll(registry);
    }
    Thread.sleep(WATCH_MILLIS);
    stop = true;
    ChildMain.say(
        String.format(
            "lived: %d calls returned, %d threw InternalError, %d were refused",
            writer.returned.get(), writer.internalErrors.get(), writer.refused.get()));
    Runtime.getRuntime().halt(0);
  }

  /** An error may come later than the access that it is about, and so behind the attempt. */
  private void attemptAll(final MetricRegistry registry) {
    try {
      attempt(this::count);
      attempt(this::create);
      attempt(() -> TextFormat.PROMETHEUS.write(registry, OutputStream.nullOutputStream()));
    } catch (final InternalError e) {
      internalErrors.incrementAndGet();
    }
  }

  /** The error may come behind the handlers of the loop as well: then it ends the thread. */
  private void ended(final Throwable thrown) {
    if (thrown instanceof InternalError) {
      internalErrors.incrementAndGet();
    } else {
      ChildMain.say("WRONG: " + thrown);
    }
  }

  private void countOn() {
    while (!stop) {
      try {
        attempt(this::count);
      } catch (final InternalError e) {
        internalErrors.incrementAndGet();
      }
    }
  }

  private void count() {
    counter.labelValues("known").inc();
    counter.labelValues("known").inc(0.5);
    histogram.observe(1);
  }

  private void create() {
    made++;
    counter.labelValues("n" + made).inc();
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // the test shows the child's output
  private void attempt(final Attempt attempt) {
    try {
      attempt.run();
      returned.incrementAndGet();
    } catch (final NarthexException e) {
      refused.incrementAndGet();
    } catch (final InternalError e) {
      internalErrors.incrementAndGet();
    } catch (final IOException | RuntimeException e) {
      ChildMain.say("WRONG: " + e);
      e.printStackTrace();
    }
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }
}
