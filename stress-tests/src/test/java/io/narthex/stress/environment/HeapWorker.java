package io.narthex.stress.environment;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.Backend;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.TextFormat;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Creates series until there is no memory left on the heap, again and again, with a little more or
 * less of it, so that every allocation of the engine may be the one that fails. After each error it
 * goes on with what it has. What it claims to have counted is what returned.
 *
 * <p>Nothing but the engine allocates then, so that each error is the engine's: of the phase in
 * which it was thrown, as an error that is thrown for want of memory may have no stack trace. Every
 * other round does without pages, which take more at once than all else, and would be what fails.
 *
 * <p>Arguments: the mapped file, or {@code heap} for the backend without one; a seed.
 */
public final class HeapWorker {
  private static final int CHUNK = 256;
  private static final int MOST_CHUNKS = 1 << 17;
  private static final int MOST_SPARE = 400;

  /** The heap backend takes half a megabyte at once for its cells. */
  private static final int MOST_SPARE_OF_HEAP = 2_500;

  private static final int LATER = 2_000;
  private static final int ROUNDS = 30;
  private static final int REHEARSED = 100;

  /** A round makes fewer, unless the file cannot grow: what overflows is not kept. */
  private static final int MOST_STEPS = 2_000;

  /** After a failure nobody tries to grow for a second. */
  private static final long RETRY_MILLIS = 1_500;

  private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

  private final MetricRegistry registry;
  private final Counter counter;
  private final Counter halves;
  private final Histogram histogram;
  private final Counter known;
  private final Random random;
  private final int mostSpare;
  private final String[] labels = new String[REHEARSED + ROUNDS * MOST_STEPS];
  private final Phase creating = new Phase("creation");
  private final Phase updating = new Phase("an update");
  private final Phase writing = new Phase("a page");
  private Phase phase = creating;

  private byte[][] ballast = new byte[MOST_CHUNKS][];
  private int chunks;
  private int next;
  private long counted;
  private long knownCounted;
  private long halvesCounted;
  private long observed;

  /** What the engine is asked for. */
  private static final class Phase {
    final String name;
    long errors;

    Phase(final String name) {
      this.name = name;
    }

    void tell() {
      ChildMain.say("errors in " + name + ": " + errors);
    }
  }

  private HeapWorker(final MetricRegistry registry, final Random random, final int mostSpare) {
    this.registry = registry;
    this.random = random;
    this.mostSpare = mostSpare;
    this.counter = Counter.builder("n").labelNames("n").register(registry);
    this.halves = Counter.builder("halves").labelNames("n").register(registry);
    this.histogram = Histogram.builder("h").labelNames("n").buckets(1, 2).register(registry);
    this.known = Counter.builder("known").register(registry);
    Arrays.setAll(labels, n -> "n" + n);
  }

  /** See the class. */
  public static void main(final String[] arguments) throws IOException, InterruptedException {
    expectErrorsOfOtherThreads();
    final boolean heap = arguments[0].equals("heap");
    final Backend backend =
        heap
            ? HeapBackend.create()
            : MappedBackend.builder(Path.of(arguments[0])).initialSize(512 << 10).stripes(2).open();
    try (MetricRegistry registry = MetricRegistry.create(backend)) {
      final HeapWorker worker =
          new HeapWorker(
              registry,
              new Random(Long.parseLong(arguments[1])),
              heap ? MOST_SPARE_OF_HEAP : MOST_SPARE);
      worker.rehearse();
      for (int round = 0; round < ROUNDS; round++) {
        worker.takeAll();
        worker.giveBackSome();
        worker.countUntilThereIsNoMemory(round % 2 == 1);
      }
      worker.ballast = null;
      worker.creating.tell();
      worker.updating.tell();
      worker.writing.tell();
      worker.check();
      Thread.sleep(RETRY_MILLIS);
      worker.goOn();
      worker.check();
    }
    ChildMain.say("finished");
  }

  /** Of those that grow the file in the background; most are kept where nobody can count them. */
  private static void expectErrorsOfOtherThreads() {
    final Thread.UncaughtExceptionHandler others = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          if (!isOutOfMemory(thrown)) {
            others.uncaughtException(thread, thrown);
          }
        });
  }

  /** Loads what has to be loaded. */
  private void rehearse() throws IOException {
    for (int i = 0; i < REHEARSED; i++) {
      step(true);
    }
    check();
  }

  /** What it runs into itself is not counted. */
  private void takeAll() {
    try {
      while (chunks < MOST_CHUNKS) {
        ballast[chunks] = new byte[CHUNK];
        chunks++;
      }
    } catch (final OutOfMemoryError e) {
      return;
    }
    throw new AssertionError("the heap has no end");
  }

  private void giveBackSome() {
    for (int i = random.nextInt(mostSpare); i > 0 && chunks > 0; i--) {
      chunks--;
      ballast[chunks] = null;
    }
  }

  private void countUntilThereIsNoMemory(final boolean pages) throws IOException {
    try {
      for (int i = 0; i < MOST_STEPS; i++) {
        step(pages);
      }
    } catch (final OutOfMemoryError e) {
      phase.errors++;
    } catch (final BootstrapMethodError e) {
      // How a JVM says it where a lambda is used for the first time.
      if (!isOutOfMemory(e)) {
        throw e;
      }
      phase.errors++;
    }
    // What it has needs no memory.
    for (int i = 0; i < 1_000; i++) {
      known.inc();
      knownCounted++;
    }
  }

  private static boolean isOutOfMemory(final Throwable thrown) {
    return thrown instanceof OutOfMemoryError
        || (thrown.getCause() != null && isOutOfMemory(thrown.getCause()));
  }

  /** What was counted is told after it was, and needs no memory to be told. */
  private void step(final boolean pages) throws IOException {
    final int n = next;
    final String label = labels[n];
    next++;
    phase = creating;
    final Counter child = counter.labelValues(label);
    phase = updating;
    child.inc();
    counted++;
    if (n % 3 == 0) {
      phase = creating;
      final Counter half = halves.labelValues(label);
      phase = updating;
      half.inc(0.5);
      halvesCounted++;
    }
    if (n % 5 == 0) {
      phase = creating;
      final Histogram distribution = histogram.labelValues(label);
      phase = updating;
      distribution.observe(1.5);
      observed++;
    }
    if (pages && n % 10 == 0) {
      phase = writing;
      TextFormat.PROMETHEUS.write(registry, NOWHERE);
    }
  }

  /** With memory again, series are created as ever. */
  private void goOn() {
    final Double overflowed = Page.of(registry).value("n_total{n=\"__overflow__\"}");
    for (int n = 0; n < LATER; n++) {
      counter.labelValues("later" + n).inc();
      counted++;
    }
    final Page page = Page.of(registry);
    for (int n = 0; n < LATER; n++) {
      require(page.value("n_total{n=\"later" + n + "\"}") == 1, "later" + n);
    }
    final Double now = page.value("n_total{n=\"__overflow__\"}");
    require(overflowed == null ? now == null : overflowed.equals(now), "it still overflows");
  }

  private void check() {
    final Page page = Page.of(registry);
    require(page.sum("n_total") == counted, "n " + page.sum("n_total") + " of " + counted);
    require(page.sum("known_total") == knownCounted, "known");
    require(2 * page.sum("halves_total") == halvesCounted, "halves");
    require(page.sum("h_count") == observed, "h");
    require(page.sum("h_sum") == 1.5 * observed, "sum of h");
    ChildMain.say(
        "counted: " + counted + " " + knownCounted + " " + halvesCounted + " " + observed);
  }

  private static void require(final boolean right, final String wrong) {
    if (!right) {
      throw new AssertionError(wrong);
    }
  }
}
