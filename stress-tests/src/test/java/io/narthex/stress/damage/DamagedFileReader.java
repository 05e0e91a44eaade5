package io.narthex.stress.damage;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.TextFormat;
import io.narthex.stress.harness.ChildMain;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;

/**
 * Does with each of many damaged files all that one does with a file. A {@link NarthexException} is
 * a right answer, any other exception is not. A crash shows as this JVM's exit code.
 *
 * <p>Arguments: an undamaged file, a directory to work in, the first seed, the seed after the last.
 */
public final class DamagedFileReader {
  private static final long HANG_NANOS = 60_000_000_000L;
  private static final int HANGS = 97;

  private static volatile long begun = System.nanoTime();
  private static volatile long current;

  private final Path file;
  private long worked;
  private long refused;
  private long wrong;

  private DamagedFileReader(final Path file) {
    this.file = file;
  }

  /** See the class. */
  public static void main(final String[] arguments) throws IOException {
    LogManager.getLogManager().reset(); // a damaged file is logged, and there are thousands
    System.getLogger("damage").log(Level.INFO, "begun");
    watch();
    final byte[] whole = Files.readAllBytes(Path.of(arguments[0]));
    final Path directory = Path.of(arguments[1]);
    final long end = Long.parseLong(arguments[3]);
    long worked = 0;
    long refused = 0;
    long wrong = 0;
    for (long seed = Long.parseLong(arguments[2]); seed < end; seed++) {
      current = seed;
      begun = System.nanoTime();
      ChildMain.say("seed " + seed);
      final Path file = directory.resolve("damaged-" + seed + ".nx");
      Files.write(file, Damage.of(whole, seed));
      final DamagedFileReader reader = new DamagedFileReader(file);
      reader.view();
      reader.write();
      reader.view();
      worked += reader.worked;
      refused += reader.refused;
      wrong += reader.wrong;
      Files.delete(file);
      Files.deleteIfExists(Path.of(file + ".lock"));
      if (seed % 64 == 0) {
        System.gc(); // lets go of the files that are still mapped
      }
    }
    ChildMain.say("done " + worked + " worked, " + refused + " refused, " + wrong + " wrong");
  }

  private void view() {
    attempt(
        "view",
        () -> {
          try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
            scrape(viewer);
            final Counter[] counter = new Counter[1];
            attempt("find counter", () -> counter[0] = SampleFile.counter(viewer));
            final Histogram[] histogram = new Histogram[1];
            attempt("find histogram", () -> histogram[0] = SampleFile.histogram(viewer));
            attempt("find gauge", () -> SampleFile.gauge(viewer).value());
            for (int n = 0; n < SampleFile.SERIES; n++) {
              final String label = "n" + n;
              if (counter[0] != null) {
                attempt("read counter", () -> counter[0].labelValues(label).value());
              }
              if (histogram[0] != null) {
                attempt("read histogram", () -> histogram[0].labelValues(label).count());
                attempt("read sum", () -> histogram[0].labelValues(label).sum());
              }
            }
          }
        });
  }

  private void write() {
    attempt(
        "write",
        () -> {
          try (MetricRegistry writer = MetricRegistry.create(SampleFile.open(file))) {
            attempt("count", () -> count(SampleFile.counter(writer)));
            attempt("observe", () -> observe(SampleFile.histogram(writer)));
            attempt("set", () -> set(SampleFile.gauge(writer)));
            attempt(
                "register",
                () -> count(Counter.builder("new_total").labelNames("n").register(writer)));
            scrape(writer);
            attempt("unregister", () -> writer.unregister("c_total"));
            attempt("clear", () -> SampleFile.histogram(writer).clear());
            attempt("register again", () -> count(SampleFile.counter(writer)));
            scrape(writer);
          }
        });
  }

  private void count(final Counter counter) {
    for (int n = 0; n < 2 * SampleFile.SERIES; n++) {
      final String label = "n" + n;
      attempt("inc", () -> counter.labelValues(label).inc());
      attempt("inc half", () -> counter.labelValues(label).inc(0.5));
      attempt("value", () -> counter.labelValues(label).value());
    }
    attempt("remove", () -> counter.remove("n5"));
    attempt("inc again", () -> counter.labelValues("n5").inc());
  }

  private void observe(final Histogram histogram) {
    for (int n = 0; n < 2 * SampleFile.SERIES; n++) {
      final String label = "n" + n;
      attempt("observe", () -> histogram.labelValues(label).observe(3));
      attempt("count", () -> histogram.labelValues(label).count());
    }
    attempt("remove", () -> histogram.remove("n6"));
  }

  private void set(final Gauge gauge) {
    gauge.set(5);
    gauge.inc();
    gauge.value();
  }

  private void scrape(final MetricRegistry registry) {
    for (final TextFormat format : TextFormat.values()) {
      attempt("scrape", () -> format.write(registry, OutputStream.nullOutputStream()));
    }
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // the test shows the child's output
  private void attempt(final String what, final Attempt attempt) {
    try {
      attempt.run();
      worked++;
    } catch (final NarthexException e) {
      refused++;
    } catch (final Exception | Error e) {
      wrong++;
      ChildMain.say("WRONG: seed " + current + ", " + what + ": " + e);
      if (wrong == 1) {
        e.printStackTrace();
      }
    }
  }

  private static void watch() {
    final Thread watch =
        new Thread(
            () -> {
              while (System.nanoTime() - begun < HANG_NANOS) {
                sleep();
              }
              ChildMain.say("HANGS: seed " + current);
              Thread.getAllStackTraces()
                  .forEach(
                      (thread, frames) -> {
                        ChildMain.say(thread.toString());
                        for (final StackTraceElement frame : frames) {
                          ChildMain.say("  at " + frame);
                        }
                      });
              Runtime.getRuntime().halt(HANGS);
            },
            "watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void sleep() {
    try {
      Thread.sleep(200);
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }
}
