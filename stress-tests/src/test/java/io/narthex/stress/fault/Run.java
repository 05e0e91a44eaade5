package io.narthex.stress.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Ledger;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.RunningClock;
import io.narthex.stress.harness.SegmentRow;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One run of a scenario in a JVM of its own, on a file of its own, in a directory of its own. */
final class Run {
  /** The system property that names the engine's fault hook. */
  static final String HOOK = "narthex.test.faultHook";

  private static final String FILE = "fault.nx";
  private static final int MOST_SERIES = 50_000;

  /** A step registers and creates: each waits at most a second or two, if at all. */
  private static final long MOST_WAIT_MILLIS = 10_000;

  private final Rehearsal rehearsal;
  private final Scenario scenario;
  private final Path directory;
  private final Path file;
  private final Ledger ledger;

  /** Of the file that the process finds; null if there is none. */
  private final Object found;

  Run(final Rehearsal rehearsal, final Path directory) throws IOException {
    this.rehearsal = rehearsal;
    this.scenario = rehearsal.scenario();
    this.directory = directory;
    this.file = directory.resolve(FILE);
    this.ledger = Ledger.open(directory.resolve("ledger"), 1);
    rehearsal.putFile(file);
    this.found = Files.exists(file) ? key() : null;
  }

  private Object key() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Whether the process has put a fresh file into the place of the one that it found. */
  boolean isReplaced() {
    try {
      return found != null && !found.equals(key());
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All samples after the preparations, unless they were lost with the file, and some steps. */
  @SafeVarargs
  final Map<String, Double> expected(final List<Step>... steps) {
    return rehearsal.expected(!isReplaced(), steps);
  }

  /** The JVM that lists its points, or is held at the given one. */
  ChildJvm.Builder jvm(final Point... point) {
    final List<Object> arguments =
        new ArrayList<>(List.of(scenario.name(), file, directory.resolve("ledger")));
    for (final Point one : point) {
      arguments.add(one.toLine());
    }
    final ChildJvm.Builder jvm =
        Stage.jvm(FaultWorker.class, arguments.toArray())
            .option("-D" + HOOK + "=" + FaultHook.class.getName())
            .option("-XX:TieredStopAtLevel=1");
    return scenario.mostKibibytes() == 0
        ? jvm
        : jvm.behind(
            "bash", "-c", "ulimit -f " + scenario.mostKibibytes() + "; exec \"$@\"", "limited");
  }

  Path file() {
    return file;
  }

  int acknowledged() {
    return (int) ledger.load(0, FaultWorker.ACKNOWLEDGED);
  }

  /**
   * Checks what a reader sees now: all steps that were acknowledged, and of the next one each
   * sample as it was before it or as it is after it; or 0, where the series is new.
   *
   * @return the samples, none if there is no file yet
   */
  Map<String, Double> checkSeen() {
    final int done = acknowledged();
    final List<Step> steps = scenario.steps();
    final Map<String, Double> before = expected(steps.subList(0, done));
    final Map<String, Double> after = expected(steps.subList(0, Math.min(done + 1, steps.size())));
    final boolean readable = Files.exists(file) && (isReplaced() || !scenario.isDamaged());
    final Map<String, Double> seen = readable ? Rehearsal.samples(Page.of(file)) : Map.of();
    for (final String sample : names(before, after, seen)) {
      final Set<Double> possible = new HashSet<>();
      possible.add(before.get(sample));
      possible.add(after.get(sample));
      if (!before.containsKey(sample) && after.containsKey(sample)) {
        possible.add(0.0);
      }
      assertThat(seen.get(sample)).as("%s after %d steps", shortened(sample), done).isIn(possible);
    }
    return seen;
  }

  /**
   * Does in this process what the killed one has not acknowledged, the step that it was at from its
   * beginning; then checks that nothing is lost and nothing is there twice.
   *
   * @param seen what the killed process had left
   */
  void goOn(final Map<String, Double> seen) {
    final int done = acknowledged();
    final List<Step> steps = scenario.steps();
    final List<Step> left = steps.subList(done, steps.size());
    final List<Step> once = steps.subList(0, done);
    final List<Step> inFlight = left.subList(0, Math.min(1, left.size()));
    final Map<String, Double> before = expected(once);
    final Map<String, Double> without = expected(once, left);
    final Map<String, Double> with = expected(once, inFlight, left);
    final Map<String, Double> after = expected(once, inFlight);
    try (MetricRegistry registry = scenario.openLater(file)) {
      left.forEach(step -> step.run(registry));
      final Map<String, Double> page = Rehearsal.samples(Page.of(registry));
      for (final String sample : names(with, without, page)) {
        final Double was = seen.get(sample);
        final boolean took =
            !Objects.equals(was, before.get(sample)) && Objects.equals(was, after.get(sample));
        assertThat(page.get(sample))
            .as("%s, which was %s after %d steps", shortened(sample), was, done)
            .isEqualTo((took ? with : without).get(sample));
      }
      grow(registry);
    }
    checkWhole();
  }

  /**
   * Does in this process what others do while the one of the run is stopped; no step may wait for
   * it for long.
   *
   * @return whether something was counted into an overflow series
   */
  boolean goOnMeanwhile(final int acknowledged, final RunningClock clock) {
    try (MetricRegistry registry = scenario.openLater(file)) {
      for (final Step step : scenario.meanwhile(acknowledged)) {
        final long begin = clock.millis();
        step.run(registry);
        assertThat(clock.millis() - begin).as("ms to %s", step.name()).isLessThan(MOST_WAIT_MILLIS);
      }
      return overflowed(Rehearsal.samples(Page.of(registry)));
    }
  }

  /**
   * Checks what there is when the process that was stopped has come to its end: all that both
   * acknowledged. What the stopped process was at may have taken effect before or after what the
   * other one did.
   *
   * @param acknowledged how many steps were acknowledged when it was stopped
   */
  void checkEnd(final int acknowledged) {
    final List<Step> steps = scenario.steps();
    final int next = Math.min(acknowledged + 1, steps.size());
    final List<Step> others = scenario.meanwhile(acknowledged);
    final Map<String, Double> early =
        expected(steps.subList(0, next), others, steps.subList(next, steps.size()));
    final Map<String, Double> late =
        expected(steps.subList(0, acknowledged), others, steps.subList(acknowledged, steps.size()));
    final Page page = Page.of(file);
    if (overflowed(Rehearsal.samples(page))) {
      assertThat(scenario.grows()).as("overflow where nothing has to grow").isTrue();
      checkSums(Rehearsal.samples(page), early, late);
    } else {
      for (final String sample : names(early, late, Rehearsal.samples(page))) {
        assertThat(page.value(sample))
            .as(shortened(sample))
            .isIn(early.get(sample), late.get(sample));
      }
    }
    try (MetricRegistry registry = scenario.openLater(file)) {
      grow(registry);
    }
    checkWhole();
  }

  private static void checkSums(
      final Map<String, Double> seen,
      final Map<String, Double> early,
      final Map<String, Double> late) {
    final Map<String, Double> sums = sums(seen);
    for (final String name : names(sums, sums(early), sums(late))) {
      assertThat(sums.get(name))
          .as("sum of " + name)
          .isIn(sums(early).get(name), sums(late).get(name));
    }
  }

  private static Map<String, Double> sums(final Map<String, Double> samples) {
    final Map<String, Double> sums = new HashMap<>();
    samples.forEach(
        (sample, value) -> sums.merge(sample.replaceAll("\\{.*", ""), value, Double::sum));
    return sums;
  }

  private static boolean overflowed(final Map<String, Double> samples) {
    return samples.keySet().stream().anyMatch(sample -> sample.contains("__overflow__"));
  }

  /** Creates series until the file has grown, which proves that nobody has the lock any more. */
  private void grow(final MetricRegistry registry) {
    final Counter more = Counter.builder("more_total").labelNames("n").register(registry);
    final int segments = SegmentRow.of(file).size();
    int series = 0;
    while (SegmentRow.of(file).size() == segments) {
      assertThat(series).as("series without growth").isLessThan(MOST_SERIES);
      for (int i = 0; i < 100; i++) {
        more.labelValues(Integer.toString(series++)).inc();
      }
    }
    final Page page = Page.of(file);
    assertThat(page.value("more_total{n=\"__overflow__\"}")).isNull();
    assertThat(page.count("more_total")).isEqualTo(series);
    assertThat(page.sum("more_total")).isEqualTo(series);
  }

  private void checkWhole() {
    FileVerifier.verify(file);
    assertThat(Page.of(file).value("narthex_bad_records")).isZero();
    try (Stream<Path> entries = Files.list(directory)) {
      // A creator that was killed, of the file or of its lock file, leaves its unfinished file.
      final List<String> others =
          entries
              .map(path -> path.getFileName().toString())
              .filter(name -> !Set.of(FILE, FILE + ".lock", "ledger").contains(name))
              .toList();
      assertThat(others).hasSizeLessThanOrEqualTo(scenario.isOpening() ? 1 : 0);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SafeVarargs
  private static Set<String> names(final Map<String, Double>... pages) {
    final Set<String> names = new TreeSet<>();
    for (final Map<String, Double> page : pages) {
      names.addAll(page.keySet());
    }
    return names;
  }

  private static String shortened(final String sample) {
    return sample.length() > 100 ? sample.substring(0, 100) + "…" : sample;
  }
}
