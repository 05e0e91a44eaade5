package io.narthex.stress.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.backend.redis.RedisBackend;
import io.narthex.backend.redis.RedisProcesses;
import io.narthex.exposition.TextFormat;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever stands in a label's value, a reader of the page gets that very value (a surrogate
 * without its pair is a question mark), different values are different series, and the same value
 * is the same series in another process. {@code -Dnarthex.stress.labels.values=100000} tries more,
 * {@code -Dnarthex.stress.labels.seed=N} others.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class NastyLabelsTest {
  private static final int VALUES = Integer.getInteger("narthex.stress.labels.values", 5_000);
  private static final long SEED = Long.getLong("narthex.stress.labels.seed", 1);
  private static final int WIDTH = 64;
  private static final int WIDE_SERIES = 40;
  private static final int NAMES = 500;
  private static final Duration GUARD = Duration.ofMinutes(30);

  @AutoClose private final Stage stage = Stage.open();

  private final List<String> strings = NastyStrings.of(SEED, VALUES);

  @Test
  void shouldKeepEveryLabelValueInTheFileAndInAnotherProcess(final TestReporter reporter) {
    final Path file = stage.path("labels.nx");
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file))) {
      checkAll(registry);
      final ChildJvm other = stage.start(NastyLabelCounter.class, file, SEED, VALUES);
      assertThat(other.awaitExit(GUARD)).as(other.output()).isZero();
      // Each is one series here and there, so all have twice the count.
      checkPages(registry, expected(2));
      assertThat(Page.of(registry).value("narthex_overflowed_label_sets_total")).isZero();
      removeSome(registry);
    }
    try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      checkPages(viewer, afterRemoval(expected(2)));
    }
    reporter.publishEntry("label values in a file", Integer.toString(VALUES));
  }

  @Test
  void shouldKeepEveryLabelValueOnTheHeap(final TestReporter reporter) {
    try (MetricRegistry registry = MetricRegistry.create(HeapBackend.create())) {
      checkAll(registry);
      removeSome(registry);
      checkPages(registry, afterRemoval(expected(1)));
    }
    reporter.publishEntry("label values on the heap", Integer.toString(VALUES));
  }

  @Test
  void shouldKeepEveryLabelValueInRedis(final TestReporter reporter) {
    try (RedisProcesses redis = RedisProcesses.startOwn();
        MetricRegistry registry = MetricRegistry.create(RedisBackend.connect(redis.uri()))) {
      checkAll(registry);
      try (MetricRegistry other = MetricRegistry.create(direct(redis))) {
        NastyLabelCounter.count(NastyLabelCounter.counter(other), strings);
      }
      // Each is one series for both, so all have twice the count.
      checkPages(registry, expected(2));
      removeSome(registry);
      checkPages(registry, afterRemoval(expected(2)));
    }
    reporter.publishEntry("label values in Redis", Integer.toString(VALUES));
  }

  private static RedisBackend direct(final RedisProcesses redis) {
    return RedisBackend.builder(redis.uri()).mode(RedisBackend.Mode.DIRECT).connect();
  }

  @Test
  void shouldKeepHelpTextsAndRefuseNamesThatAreNone() {
    final Path file = stage.path("names.nx");
    try (MetricRegistry mapped = MetricRegistry.create(MappedBackend.open(file));
        MetricRegistry heap = MetricRegistry.create(HeapBackend.create())) {
      for (final String string : NastyStrings.of(SEED, NAMES)) {
        checkNames(mapped, string);
        checkNames(heap, string);
      }
      int n = 0;
      for (final String string : NastyStrings.of(SEED, NAMES)) {
        if (!string.isEmpty() && string.length() < 100 && n < 100) {
          final String name = "helped_" + n++;
          for (final MetricRegistry registry : List.of(mapped, heap)) {
            Gauge.builder(name).help(string).register(registry);
            assertThat(LabelPage.help(registry, name)).isEqualTo(NastyStrings.kept(string));
          }
        }
      }
      Page.of(mapped);
      Page.of(heap);
    }
  }

  private static void checkNames(final MetricRegistry registry, final String string) {
    final boolean name = string.matches("[a-zA-Z_:][a-zA-Z0-9_:]*");
    assertThat(isAccepted(() -> Counter.builder(string).register(registry)))
        .as("the metric's name \"%s\"", string)
        .isEqualTo(name);
    registry.unregister(string);
    final boolean label = string.matches("[a-zA-Z_][a-zA-Z0-9_]*") && !string.startsWith("__");
    assertThat(
            isAccepted(
                () -> Counter.builder("labelled_total").labelNames(string).register(registry)))
        .as("the label \"%s\"", string)
        .isEqualTo(label);
    registry.unregister("labelled_total");
  }

  private static boolean isAccepted(final Runnable registration) {
    try {
      registration.run();
      return true;
    } catch (final NarthexException | IllegalArgumentException e) {
      return false;
    }
  }

  private void checkAll(final MetricRegistry registry) {
    final Counter counter = NastyLabelCounter.counter(registry);
    NastyLabelCounter.count(counter, strings);
    final Map<Map<String, String>, Double> expected = expected(1);
    checkPages(registry, expected);
    for (final String string : strings) {
      assertThat(counter.labelValues(string).value()).isEqualTo(expected.get(labels(string)));
    }
    checkWide(registry);
  }

  private static Map<String, String> labels(final String value) {
    return Map.of("v", NastyStrings.kept(value));
  }

  /** By labels, for so many who counted; values that UTF-8 cannot tell apart are one. */
  private Map<Map<String, String>, Double> expected(final int times) {
    final Map<Map<String, String>, Double> expected = new HashMap<>();
    for (int i = 0; i < strings.size(); i++) {
      expected.merge(labels(strings.get(i)), (double) times * (i + 1), Double::sum);
    }
    return expected;
  }

  private void removeSome(final MetricRegistry registry) {
    final Counter counter = NastyLabelCounter.counter(registry);
    for (int i = 0; i < strings.size(); i += 3) {
      counter.remove(strings.get(i));
    }
  }

  private Map<Map<String, String>, Double> afterRemoval(
      final Map<Map<String, String>, Double> all) {
    for (int i = 0; i < strings.size(); i += 3) {
      all.remove(labels(strings.get(i)));
    }
    return all;
  }

  private static void checkPages(
      final MetricRegistry registry, final Map<Map<String, String>, Double> expected) {
    for (final TextFormat format : TextFormat.values()) {
      checkSame(LabelPage.of(registry, format, "nasty_total"), expected);
    }
  }

  /** Names the first difference alone: the maps are large. */
  private static void checkSame(
      final Map<Map<String, String>, Double> seen,
      final Map<Map<String, String>, Double> expected) {
    expected.forEach(
        (labels, value) -> assertThat(seen.get(labels)).as("of %s", labels).isEqualTo(value));
    assertThat(seen).hasSameSizeAs(expected);
  }

  private void checkWide(final MetricRegistry registry) {
    final String[] names = new String[WIDTH];
    for (int l = 0; l < WIDTH; l++) {
      names[l] = "l" + l;
    }
    final Counter wide = Counter.builder("wide_total").labelNames(names).register(registry);
    final Map<Map<String, String>, Double> expected = new HashMap<>();
    final List<String> values = NastyStrings.of(SEED + 1, WIDTH * WIDE_SERIES);
    for (int n = 0; n < WIDE_SERIES; n++) {
      final Map<String, String> labels = new LinkedHashMap<>();
      final String[] own = new String[WIDTH];
      for (int l = 0; l < WIDTH; l++) {
        own[l] = values.get(n + l * WIDE_SERIES);
        labels.put(names[l], NastyStrings.kept(own[l]));
      }
      wide.labelValues(own).inc(n + 1);
      expected.put(labels, n + 1.0);
    }
    for (final TextFormat format : TextFormat.values()) {
      checkSame(LabelPage.of(registry, format, "wide_total"), expected);
    }
  }
}
