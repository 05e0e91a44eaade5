package io.narthex.stress.damage;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.Info;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.TextFormat;
import io.narthex.stress.harness.Attempts;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Watchdog;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.LogManager;

/**
 * A writer and a viewer of one file, of which fields change while they use it: between any two
 * steps of theirs, or all the time by a thread of its own.
 *
 * <p>Arguments: an undamaged file, a directory to work in, the first seed, the seed after the last.
 */
public final class AlteredFileUser {
  static final int SEEDS_PER_RACE = 3;
  private static final int STEPS = 40;
  private static final int MOST_ALTERATIONS = 20_000;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final byte[] whole;
  private final Fields fields;
  private final Path directory;
  private final Watchdog watchdog = Watchdog.start();
  private final Attempts attempts = new Attempts(watchdog::current);
  private final AtomicLong raced = new AtomicLong();
  private long inTurns;
  private volatile boolean stopped;

  private AlteredFileUser(final byte[] whole, final Path directory) {
    this.whole = whole;
    this.fields = Fields.of(whole);
    this.directory = directory;
  }

  /** See the class. */
  public static void main(final String[] arguments) throws Exception {
    LogManager.getLogManager().reset(); // what is found damaged is logged each time
    System.getLogger("damage").log(Level.INFO, "begun");
    final AlteredFileUser user =
        new AlteredFileUser(Files.readAllBytes(Path.of(arguments[0])), Path.of(arguments[1]));
    final long end = Long.parseLong(arguments[3]);
    for (long seed = Long.parseLong(arguments[2]); seed < end; seed++) {
      user.use(seed);
    }
    ChildMain.say("altered in turns: " + user.inTurns);
    ChildMain.say("altered in races: " + user.raced);
    ChildMain.say("done " + user.attempts);
  }

  private void use(final long seed) throws Exception {
    watchdog.begin("seed " + seed);
    ChildMain.say("seed " + seed);
    final Path file = directory.resolve("altered-" + seed + ".nx");
    Files.write(file, whole);
    final Random random = new Random(seed * SPREAD);
    try (MetricRegistry writer = MetricRegistry.create(SampleFile.open(file));
        MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file));
        FileVandal vandal = new FileVandal(file, fields, new Random(random.nextLong()))) {
      final Session session = new Session(writer, viewer, random);
      if (seed % SEEDS_PER_RACE == 0) {
        race(session, vandal, seed);
      } else {
        takeTurns(session, vandal, seed);
      }
    }
    Files.deleteIfExists(file);
    Files.deleteIfExists(Path.of(file + ".lock"));
    if (seed % 16 == 0) {
      System.gc(); // lets go of the files that are still mapped
    }
  }

  private void takeTurns(final Session session, final FileVandal vandal, final long seed)
      throws IOException {
    for (int step = 0; step < STEPS; step++) {
      watchdog.begin("seed " + seed + ", step " + step);
      if (vandal.alter()) {
        inTurns++;
      }
      session.step();
      vandal.restore();
    }
  }

  private void race(final Session session, final FileVandal vandal, final long seed)
      throws InterruptedException {
    final CountDownLatch begun = new CountDownLatch(1);
    final Thread thread = new Thread(() -> alterUntilStopped(vandal, begun), "vandal");
    thread.start();
    begun.await();
    for (int step = 0; step < STEPS; step++) {
      watchdog.begin("seed " + seed + ", raced step " + step);
      session.step();
    }
    stopped = true;
    thread.join();
    stopped = false;
  }

  private void alterUntilStopped(final FileVandal vandal, final CountDownLatch begun) {
    try {
      for (int i = 0; i < MOST_ALTERATIONS && !stopped; i++) {
        if (vandal.alter()) {
          raced.incrementAndGet();
        }
        begun.countDown();
        vandal.restore();
      }
    } catch (final IOException | RuntimeException | Error e) {
      ChildMain.fail(e); // or the file would be used undamaged from here on
    }
  }

  /** What the two do. */
  private final class Session {
    private final MetricRegistry writer;
    private final MetricRegistry viewer;
    private final Random random;
    private final Counter counter;
    private final Histogram histogram;
    private final List<Gauge> parts = new ArrayList<>();
    private final Counter[] kept = new Counter[SampleFile.SERIES];
    private int fresh;

    Session(final MetricRegistry writer, final MetricRegistry viewer, final Random random) {
      this.writer = writer;
      this.viewer = viewer;
      this.random = random;
      this.counter = SampleFile.counter(writer);
      this.histogram = SampleFile.histogram(writer);
      for (final GaugeMode mode : SampleFile.PART_MODES) {
        parts.add(SampleFile.parts(writer, mode));
      }
      for (int n = 0; n < kept.length; n++) {
        kept[n] = counter.labelValues("n" + n);
      }
    }

    void step() {
      final String label = "n" + random.nextInt(SampleFile.SERIES);
      final Counter handle = kept[random.nextInt(kept.length)];
      final Gauge part = parts.get(random.nextInt(parts.size()));
      final String partLabel = "n" + random.nextInt(2 * SampleFile.PART_SERIES);
      switch (random.nextInt(20)) {
        case 0 -> attempts.mustWork("scrape writer", () -> scrape(writer));
        case 1, 2, 3 -> attempts.mustWork("scrape viewer", () -> scrape(viewer));
        case 4 -> attempts.mustWork("inc", handle::inc);
        case 5 -> attempts.mustWork("inc half", () -> handle.inc(0.5));
        case 6 -> attempts.mustWork("value", handle::value);
        case 7, 8 -> attempts.mustWork("create", () -> counter.labelValues("x" + fresh++).inc());
        case 9 -> attempts.mustWork("remove", () -> counter.remove(label));
        case 10 -> attempts.mustWork("inc again", () -> counter.labelValues(label).inc(0.5));
        case 11 -> attempts.mustWork("observe", () -> histogram.labelValues(label).observe(3));
        case 12 -> attempts.mustWork("remove", () -> histogram.remove(label));
        case 13 -> attempts.mustWork("clear", () -> histogram.clear());
        case 14 -> attempts.mustWork("set part", () -> part.labelValues(partLabel).set(3));
        case 15 -> attempts.mustWork("read part", () -> part.labelValues(partLabel).value());
        case 16 -> attempts.mustWork("remove part", () -> part.remove(partLabel));
        case 17 -> view(label);
        case 18 -> inform(label);
        default -> registerAnew();
      }
    }

    /** A viewer cannot create the series that it does not find. */
    private void view(final String label) {
      final Counter child =
          attempts.get("view", () -> SampleFile.counter(viewer).labelValues(label));
      if (child != null) {
        attempts.mustWork("value of viewer", child::value);
      }
    }

    private void inform(final String label) {
      final Info info = attempts.get("register info", () -> SampleFile.info(writer));
      if (info != null) {
        attempts.mustWork("info", () -> info.labelValues(label).set());
      }
    }

    private void registerAnew() {
      final String name = "fresh" + fresh++ + "_total";
      final Counter anew =
          attempts.get("register", () -> Counter.builder(name).labelNames("n").register(writer));
      if (anew != null) {
        attempts.mustWork("inc new", () -> anew.labelValues("a").inc());
      }
      if (random.nextBoolean()) {
        attempts.mustWork("unregister", () -> writer.unregister(name));
      }
    }

    private void scrape(final MetricRegistry registry) throws IOException {
      for (final TextFormat format : TextFormat.values()) {
        format.write(registry, OutputStream.nullOutputStream());
      }
    }
  }
}
