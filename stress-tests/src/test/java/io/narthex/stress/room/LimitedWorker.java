package io.narthex.stress.room;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs out of room, checks what goes on and what does not, and tells the test.
 *
 * <p>Arguments: a directory, the initial size, and, if there is to be room again later, the bytes
 * to fill the file system with before.
 */
public final class LimitedWorker {
  private static final String OVERFLOW = "n_total{n=\"__overflow__\"}";
  private static final int MOST_SERIES = 200_000;

  private static final String KEPT = "n2";
  private static final String KEPT_SAMPLE = "n_total{n=\"n2\"}";

  /** There may be no room for cells, and much for their notes. */
  private static final int MOST_REMOVALS = 100_000;

  /** After a failure nobody tries to grow for a second. */
  private static final long RETRY_MILLIS = 1_500;

  private final Path filler;
  private final MetricRegistry registry;
  private Counter counter;
  private long counted;
  private int series;

  private LimitedWorker(final MetricRegistry registry, final Path filler) {
    this.registry = registry;
    this.filler = filler;
  }

  /** See the class. */
  public static void main(final String[] arguments) throws IOException, InterruptedException {
    final Path directory = Path.of(arguments[0]);
    final long initialSize = Long.parseLong(arguments[1]);
    final Path filler = directory.resolve("filler");
    if (arguments.length > 2) {
      Files.write(filler, new byte[Integer.parseInt(arguments[2])]);
    }
    final MappedBackend backend;
    try {
      backend =
          MappedBackend.builder(directory.resolve("limited.nx")).initialSize(initialSize).open();
    } catch (final NarthexException e) {
      ChildMain.say("refused: " + e.getMessage());
      ChildMain.say("left: " + names(directory));
      return;
    }
    try (MetricRegistry registry = MetricRegistry.create(backend)) {
      final LimitedWorker worker = new LimitedWorker(registry, filler);
      worker.fill();
      worker.goOn();
      worker.failToRegister();
      worker.failToRemove();
      if (arguments.length > 2) {
        worker.recover();
      }
      ChildMain.say("counted: " + worker.counted);
    }
    ChildMain.say("finished");
  }

  private static String names(final Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().toString();
    }
  }

  /** Creates series until they overflow. */
  private void fill() {
    counter = Counter.builder("n_total").labelNames("n").register(registry);
    while (series < MOST_SERIES && Page.of(registry).value(OVERFLOW) == null) {
      for (int i = 0; i < 500; i++) {
        counter.labelValues("n" + series).inc();
        series++;
        counted++;
      }
    }
    final Page page = Page.of(registry);
    check(page.value(OVERFLOW) != null, "nothing overflowed");
    check(page.sum("n_total") == counted, "sum " + page.sum("n_total") + " of " + counted);
    ChildMain.say("overflowed: " + page.value(OVERFLOW));
    ChildMain.say("series: " + page.count("n_total"));
  }

  /** What exists goes on, exactly. */
  private void goOn() {
    final Counter first = counter.labelValues("n0");
    for (int i = 0; i < 10_000; i++) {
      first.inc();
      counter.labelValues("n1").inc(0.5);
    }
    counted += 15_000;
    final Page page = Page.of(registry);
    check(page.value("n_total{n=\"n0\"}") == 10_001, "n0: " + page.value("n_total{n=\"n0\"}"));
    check(page.value("n_total{n=\"n1\"}") == 5_001, "n1: " + page.value("n_total{n=\"n1\"}"));
    check(page.sum("n_total") == counted, "sum " + page.sum("n_total") + " of " + counted);
  }

  /** What needs room is refused, at once or when the last bytes are gone. */
  private void failToRegister() {
    for (int n = 0; n < 100_000; n++) {
      try {
        Counter.builder("more" + n).help("x".repeat(1_000)).register(registry).inc();
      } catch (final NarthexException e) {
        ChildMain.say("not registered: " + e.getMessage());
        return;
      }
    }
    throw new AssertionError("100,000 families found room");
  }

  /** Each removal takes a note; a series that cannot have one stays, and counts. */
  private void failToRemove() {
    int removals = 0;
    while (counter.remove(KEPT)) {
      counter.labelValues(KEPT).inc();
      check(++removals < MOST_REMOVALS, removals + " removals found room");
    }
    counter.labelValues(KEPT).inc();
    counted++;
    final Page page = Page.of(registry);
    check(page.value(KEPT_SAMPLE) == 2, KEPT + ": " + page.value(KEPT_SAMPLE));
    check(page.sum("n_total") == counted, "sum " + page.sum("n_total") + " of " + counted);
    ChildMain.say("not removed after: " + removals);
  }

  /** New series get their own once there is room. */
  private void recover() throws IOException, InterruptedException {
    Files.delete(filler);
    Thread.sleep(RETRY_MILLIS);
    final double overflowed = Page.of(registry).value(OVERFLOW);
    // One that overflowed before, and one that is new.
    final String old = "n" + (series - 1);
    counter.labelValues(old).inc();
    counter.labelValues("later").inc();
    Counter.builder("later_total").register(registry).inc();
    check(counter.remove(KEPT), KEPT + " cannot be removed");
    // As many go with the removed series as were counted on the old and the later one: counted
    // stays.
    final Page page = Page.of(registry);
    check(page.value(KEPT_SAMPLE) == null, KEPT + " is still there");
    check(page.value(OVERFLOW) == overflowed, "it still overflows");
    check(page.value("n_total{n=\"" + old + "\"}") == 1, old + " has no series");
    check(page.value("n_total{n=\"later\"}") == 1, "later has no series");
    check(page.value("later_total") == 1, "later_total is not there");
    check(page.sum("n_total") == counted, "sum " + page.sum("n_total") + " of " + counted);
    ChildMain.say("recovered");
  }

  private static void check(final boolean right, final String wrong) {
    if (!right) {
      throw new AssertionError(wrong);
    }
  }
}
