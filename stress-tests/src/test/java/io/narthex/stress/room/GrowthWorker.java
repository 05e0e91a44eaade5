package io.narthex.stress.room;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Page;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Comes to the end of the room at one growth after the other of one kind of segment. Each time it
 * goes on counting, checks that nothing is lost, and gets the missing series when there is room
 * again.
 *
 * <p>Arguments: a directory, the kind, then for each growth how many KiB are left before it.
 */
public final class GrowthWorker {
  private static final int BUCKETS = 100;
  private static final int LONG = 2_000;
  private static final int MOST_SERIES = 2_000_000;
  private static final int MOST_WAITS = 1_000;
  private static final int BATCH = 20;

  /** How far a segment is used when the room is taken: before the engine asks for the next one. */
  private static final double NEARLY = 0.57;

  /** After a failure nobody tries to grow for a second. */
  private static final long RETRY_MILLIS = 1_500;

  private final Path file;
  private final Filler filler;
  private final Filling.Kind kind;
  private final MetricRegistry registry;
  private final Counter counter;
  private final Histogram histogram;
  private double counted;
  private int made;

  private GrowthWorker(
      final Path file,
      final Filler filler,
      final Filling.Kind kind,
      final MetricRegistry registry) {
    this.file = file;
    this.filler = filler;
    this.kind = kind;
    this.registry = registry;
    this.counter = Counter.builder("n").labelNames("n").register(registry);
    this.histogram =
        Histogram.builder("h").labelNames("n").linearBuckets(1, 1, BUCKETS).register(registry);
  }

  /** See the class. */
  public static void main(final String[] arguments) throws IOException, InterruptedException {
    final Path directory = Path.of(arguments[0]);
    final Path file = directory.resolve("grown.nx");
    final Filling.Kind kind = Filling.Kind.valueOf(arguments[1]);
    final Filler filler = new Filler(directory.resolve("filler"));
    try (MetricRegistry registry =
        MetricRegistry.create(
            MappedBackend.builder(file)
                .initialSize(512 << 10)
                // So that cells are what there is too little of, or what there is enough of.
                .stripes(kind == Filling.Kind.CELLS ? 16 : 1)
                .open())) {
      final GrowthWorker worker = new GrowthWorker(file, filler, kind, registry);
      for (int i = 2; i < arguments.length; i++) {
        worker.comeToTheEnd(Integer.parseInt(arguments[i]));
      }
    }
    ChildMain.say("finished");
    // The file is gone with this process: the test looks at it before.
    ChildMain.nextCommand();
  }

  private void comeToTheEnd(final int left) throws IOException, InterruptedException {
    approach();
    filler.leave((long) left << 10);
    final int before = Filling.of(file, kind).segments();
    final double overflowed = overflows();
    final int missing = overflow();
    goOn();
    check();
    ChildMain.say("overflowed at " + made + ": " + (overflows() - overflowed));

    filler.giveBack();
    Thread.sleep(RETRY_MILLIS);
    final double missed = overflows();
    count(missing);
    for (int i = 0; i < BATCH; i++) {
      create();
    }
    final Page page = check();
    require(page.value(sample() + "{n=\"" + label(missing) + "\"}") == 1, "still missing");
    require(overflows() == missed, "it still overflows");
    ChildMain.say(
        "grew with " + left + " KiB left: from " + before + " segments to " + awaitMore(before));
  }

  /** An index may grow in the background, when some keys have no room and others have. */
  private int awaitMore(final int before) throws InterruptedException {
    for (int i = 0; i < MOST_WAITS && Filling.of(file, kind).segments() == before; i++) {
      Thread.sleep(10);
    }
    final int after = Filling.of(file, kind).segments();
    require(after > before, "no more segments of kind " + kind + ": " + after);
    return after;
  }

  /** Creates series until the newest segment of the kind is about to ask for its successor. */
  private void approach() {
    while (Filling.of(file, kind).used() < NEARLY) {
      // Few enough not to pass the point at which it asks.
      final int batch = kind == Filling.Kind.INDEX ? 200 : 1;
      for (int i = 0; i < batch; i++) {
        create();
      }
    }
  }

  /** Creates series until some overflow, and gives the number of one of those. */
  private int overflow() {
    final double before = overflows();
    while (overflows() == before) {
      require(made < MOST_SERIES, "nothing overflowed");
      for (int i = 0; i < BATCH; i++) {
        create();
      }
    }
    final Page page = Page.of(registry);
    for (int n = made - BATCH; n < made; n++) {
      if (page.value(sample() + "{n=\"" + label(n) + "\"}") == null) {
        return n;
      }
    }
    throw new AssertionError("each of the last " + BATCH + " has a series");
  }

  /** What exists goes on, and so does what has to share the overflow series. */
  private void goOn() {
    for (int i = 0; i < 50; i++) {
      create();
    }
    for (int i = 0; i < 1_000; i++) {
      if (kind == Filling.Kind.CELLS) {
        histogram.labelValues(label(i % 5)).observe(i);
        counted++;
      } else {
        // Fractions have a cell of their own, which there is no room for.
        counter.labelValues(label(i % 5)).inc(0.5);
        counter.labelValues(label(i % 5)).inc();
        counted += 1.5;
      }
    }
  }

  private void create() {
    count(made);
    made++;
  }

  private void count(final int n) {
    if (kind == Filling.Kind.CELLS) {
      histogram.labelValues(label(n)).observe(n);
    } else {
      counter.labelValues(label(n)).inc();
    }
    counted++;
  }

  private String sample() {
    return kind == Filling.Kind.CELLS ? "h_count" : "n_total";
  }

  private String label(final int n) {
    return kind == Filling.Kind.RECORDS ? n + "x".repeat(LONG) : "n" + n;
  }

  private Page check() {
    final Page page = Page.of(registry);
    final double sum = page.sum(sample());
    require(sum == counted, "sum " + sum + " of " + counted);
    ChildMain.say("counted: " + counted);
    return page;
  }

  /** How often a label set found no room until now. */
  private double overflows() {
    final double[] count = new double[1];
    registry.visit(
        new SeriesVisitor<RuntimeException>() {
          @Override
          public boolean family(final FamilyDescriptor family) {
            return family.name().equals("narthex_overflowed_label_sets");
          }

          @Override
          public void series(final Series series) {
            count[0] = series.value();
          }
        });
    return count[0];
  }

  private static void require(final boolean right, final String wrong) {
    if (!right) {
      throw new AssertionError(wrong);
    }
  }
}
