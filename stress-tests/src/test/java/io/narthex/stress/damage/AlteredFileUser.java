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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;

/**
 * A writer and a viewer of one file, of which fields change while they use it: between any two
 * steps of theirs, or all the time by a thread of its own.
 *
 * <p>Arguments: the directory of the undamaged files, a directory to work in, the first seed, the
 * seed after the last.
 */
public final class AlteredFileUser {
  static final int SEEDS_PER_RACE = 3;
  private static final int STEPS = 40;
  private static final int MOST_ALTERATIONS = 20_000;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final Map<SampleSort, Sample> samples;
  private final Path directory;
  private final Watchdog watchdog = Watchdog.start();
  private final Attempts attempts = new Attempts(watchdog::current);

  /** How many fields of each region were aimed at and altered, by what {@link #name} gives. */
  private final Map<String, Map<Region, Integer>> altered = new HashMap<>();

  private long inTurns;
  private long raced;

  private volatile boolean stopped;

  private AlteredFileUser(final Map<SampleSort, Sample> samples, final Path directory) {
    this.samples = samples;
    this.directory = directory;
  }

  /** See the class. */
  public static void main(final String[] arguments) throws Exception {
    LogManager.getLogManager().reset(); // what is found damaged is logged each time
    System.getLogger("damage").log(Level.INFO, "begun");
    final AlteredFileUser user =
        new AlteredFileUser(Sample.readAll(Path.of(arguments[0])), Path.of(arguments[1]));
    final long end = Long.parseLong(arguments[3]);
    for (long seed = Long.parseLong(arguments[2]); seed < end; seed++) {
      user.use(seed);
    }
    ChildMain.say("altered in turns: " + user.inTurns);
    ChildMain.say("altered in races: " + user.raced);
    for (final SampleSort sort : SampleSort.values()) {
      user.tell(name(sort, false));
      user.tell(name(sort, true));
    }
    ChildMain.say("done " + user.attempts);
  }

  /** How the line begins that tells which fields of such files were altered. */
  static String name(final SampleSort sort, final boolean raced) {
    return "altered " + sort + (raced ? " in races: " : " in turns: ");
  }

  private void tell(final String name) {
    ChildMain.say(name + altered.getOrDefault(name, Map.of()));
  }

  private void use(final long seed) throws Exception {
    watchdog.begin("seed " + seed);
    ChildMain.say("seed " + seed);
    final Path file = directory.resolve("altered-" + seed + ".nx");
    final Sample sample = samples.get(SampleSort.of(seed));
    Files.write(file, sample.whole());
    final Random random = new Random(seed * SPREAD);
    try (MetricRegistry writer = MetricRegistry.create(SampleFile.open(file));
        MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file));
        FileVandal vandal = new FileVandal(file, sample.fields(), new Random(random.nextLong()))) {
      final Session session = new Session(writer, viewer, sample.labels(), random);
      final boolean races = seed % SEEDS_PER_RACE == 0;
      if (races) {
        race(session, vandal, seed);
        raced += vandal.alterations();
      } else {
        takeTurns(session, vandal, seed);
        inTurns += vandal.alterations();
      }
      final Map<Region, Integer> sums =
          altered.computeIfAbsent(name(sample.sort(), races), any -> new EnumMap<>(Region.class));
      vandal.aimedAt().forEach((region, count) -> sums.merge(region, count, Integer::sum));
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
      vandal.alter();
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
        vandal.alter();
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
    private final List<String> labels;
    private final Random random;
    private final Counter counter;
    private final Histogram histogram;
    private final List<Gauge> parts = new ArrayList<>();
    private final List<Counter> kept = new ArrayList<>();
    private int fresh;

    Session(
        final MetricRegistry writer,
        final MetricRegistry viewer,
        final List<String> labels,
        final Random random) {
      this.writer = writer;
      this.viewer = viewer;
      this.labels = labels;
      this.random = random;
      this.counter = SampleFile.counter(writer);
      this.histogram = SampleFile.histogram(writer);
      for (final GaugeMode mode : SampleFile.PART_MODES) {
        parts.add(SampleFile.parts(writer, mode));
      }
      for (final String label : labels) {
        kept.add(counter.labelValues(label));
      }
    }

    void step() {
      final String label = labels.get(random.nextInt(labels.size()));
      final Counter handle = kept.get(random.nextInt(kept.size()));
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
