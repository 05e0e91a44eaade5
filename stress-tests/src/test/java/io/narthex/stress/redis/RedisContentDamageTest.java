package io.narthex.stress.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.Info;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.StateSet;
import io.narthex.Summary;
import io.narthex.backend.redis.RedisBackend;
import io.narthex.backend.redis.RedisProcesses;
import io.narthex.exposition.TextFormat;
import io.narthex.stress.harness.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/**
 * What is kept in Redis is overwritten by garbage: fields, and whole keys by ones of another type.
 * Whoever counted goes on without an exception, every page can be read, and whoever comes fresh
 * sees each metric that was not touched as it was. {@code -Dnarthex.stress.redis.contents=5000}
 * tries more, {@code -Dnarthex.stress.redis.firstContents=N} others.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class RedisContentDamageTest {
  private static final long SEEDS = Long.getLong("narthex.stress.redis.contents", 40);
  private static final long FIRST = Long.getLong("narthex.stress.redis.firstContents", 0);
  private static final int DATABASES = 16;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  /**
   * Without these two nobody knows what there is; all that is under the other keys is untouched.
   */
  private static final Set<String> SHARED = Set.of("narthex:catalog", "narthex:processes");

  private static final List<String> METRICS =
      List.of("hits", "bytes", "level", "parts", "size", "took", "build", "power");

  private static RedisProcesses redis;

  /** What is damaged is logged, and there is much of it. */
  private static final Logger LOG = Logger.getLogger(RedisBackend.class.getName());

  @BeforeAll
  static void start() {
    LOG.setLevel(Level.OFF);
    redis = RedisProcesses.startOwn();
  }

  @AfterAll
  static void stop() {
    LOG.setLevel(null);
    redis.close();
  }

  @Test
  void shouldServeTheRestOfDamagedContents(final TestReporter reporter) throws IOException {
    damageAll(RedisBackend.Layout.NATIVE, reporter);
  }

  @Test
  void shouldServeTheRestOfDamagedContentsThatPythonReads(final TestReporter reporter)
      throws IOException {
    damageAll(RedisBackend.Layout.PYTHEUS, reporter);
  }

  private static void damageAll(final RedisBackend.Layout layout, final TestReporter reporter)
      throws IOException {
    long untouched = 0;
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      final URI database = database(seed);
      try (Jedis client = new Jedis(database)) {
        client.flushDB();
      }
      try (MetricRegistry writer = connect(database, layout)) {
        register(writer, layout).update();
        final Map<String, Double> sound = samples(writer);
        final Set<String> touched = vandalise(database, seed);
        scrape(writer);
        try (MetricRegistry fresh = connect(database, layout)) {
          if (layout == RedisBackend.Layout.PYTHEUS) {
            register(fresh, layout); // nothing in Redis says what there is
          }
          untouched += check(sound, samples(fresh), touched, seed);
          scrape(fresh);
        }
        register(writer, layout).update();
        scrape(writer);
      } catch (final RuntimeException | Error e) {
        throw new AssertionError(layout + ", seed " + seed, e);
      }
    }
    assertThat(untouched).isPositive();
    reporter.publishEntry(
        "damaged contents, " + layout,
        SEEDS + ", with " + untouched + " samples of metrics that were not touched");
  }

  /** In turn: what is pending for a damaged key is tried a moment longer than the closing waits. */
  private static URI database(final long seed) {
    return URI.create(redis.uri() + "/" + Math.floorMod(seed, DATABASES));
  }

  private static MetricRegistry connect(final URI database, final RedisBackend.Layout layout) {
    return MetricRegistry.create(
        RedisBackend.builder(database)
            .layout(layout)
            .flushInterval(Duration.ofMillis(20))
            .closeTimeout(Duration.ofMillis(100))
            .connect());
  }

  private static Set<String> vandalise(final URI database, final long seed) {
    try (Jedis client = new Jedis(database)) {
      return new ContentVandal(client, new Random(seed * SPREAD)).vandalise();
    }
  }

  private static Map<String, Double> samples(final MetricRegistry registry) {
    final Map<String, Double> samples = new TreeMap<>(Page.of(registry).samples());
    samples.keySet().removeIf(sample -> sample.startsWith("narthex_"));
    return samples;
  }

  private static void scrape(final MetricRegistry registry) throws IOException {
    Page.of(registry);
    TextFormat.OPENMETRICS.write(registry, OutputStream.nullOutputStream());
  }

  /** Compares what is of metrics that were not touched; how many samples that were. */
  private static long check(
      final Map<String, Double> sound,
      final Map<String, Double> seen,
      final Set<String> touched,
      final long seed) {
    if (touched.stream().anyMatch(SHARED::contains)) {
      return 0;
    }
    long same = 0;
    for (final Map.Entry<String, Double> sample : sound.entrySet()) {
      if (touched.stream().noneMatch(key -> mentions(key, sample.getKey()))) {
        assertThat(seen.get(sample.getKey()))
            .as("seed %d, touched %s: %s", seed, touched, sample.getKey())
            .isEqualTo(sample.getValue());
        same++;
      }
    }
    return same;
  }

  /** Whether a key, or a field of the catalog, has to do with the metric of a sample. */
  private static boolean mentions(final String key, final String sample) {
    return METRICS.stream().anyMatch(name -> sample.startsWith(name) && key.contains(name))
        // Who is alive is said by a field of its own.
        || (key.startsWith("narthex:processes") && sample.startsWith("build"));
  }

  /** Registers all; some may be refused because of what was damaged. */
  private static Workload register(
      final MetricRegistry registry, final RedisBackend.Layout layout) {
    return new Workload(registry, layout);
  }

  /** What a process counts, as far as it may register it. */
  private static final class Workload {
    private final MetricRegistry registry;
    private final RedisBackend.Layout layout;

    Workload(final MetricRegistry registry, final RedisBackend.Layout layout) {
      this.registry = registry;
      this.layout = layout;
      each(true);
    }

    void update() {
      each(false);
    }

    private void each(final boolean onlyRegister) {
      attempt(() -> counter("hits"), counter -> counter.labelValues("a").inc(3), onlyRegister);
      attempt(() -> counter("bytes"), counter -> counter.labelValues("b").inc(0.5), onlyRegister);
      attempt(() -> Gauge.builder("level").register(registry), g -> g.set(4), onlyRegister);
      attempt(
          () -> Histogram.builder("size").labelNames("kind").buckets(1, 2, 3).register(registry),
          histogram -> histogram.labelValues("a").observe(2),
          onlyRegister);
      attempt(() -> Summary.builder("took").register(registry), s -> s.observe(2), onlyRegister);
      if (layout == RedisBackend.Layout.NATIVE) {
        attempt(
            () -> Gauge.builder("parts").mode(GaugeMode.SUM).register(registry),
            gauge -> gauge.set(5),
            onlyRegister);
        attempt(
            () -> Info.builder("build").labelNames("v").register(registry),
            info -> info.labelValues("1").set(),
            onlyRegister);
        attempt(
            () -> StateSet.builder("power").states("on", "off").register(registry),
            states -> states.set("on"),
            onlyRegister);
      }
    }

    private Counter counter(final String name) {
      return Counter.builder(name).labelNames("kind").register(registry);
    }

    private static <M> void attempt(
        final Supplier<M> registration, final Consumer<M> update, final boolean onlyRegister) {
      final M metric;
      try {
        metric = registration.get();
      } catch (final NarthexException e) {
        return; // a conflict with what somebody else seems to have registered
      }
      if (!onlyRegister) {
        update.accept(metric);
      }
    }
  }
}
