package io.narthex.jmh.harness;

import io.narthex.jmh.results.Point;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How often several JVMs together increment, in one second: all one counter, or each a child of its
 * own. Measure {@code processes}, where more is better; the median of several rounds. The JVMs of
 * one subject live through all its runs, and each run has a metric of its own. They warm up at the
 * same time, wait until all have, and start at one moment. In the end everything that they counted,
 * warm-up included, has to be there exactly, or there is no figure.
 *
 * <p>Of {@code narthex redis} it is the rate of the calls; a thread carries them once a second, and
 * what was not carried yet arrives when the registry is closed. Of the peers only Agrona counts in
 * several JVMs: its counters are single cells of a mapped file, which one process makes and others
 * find.
 */
public final class Processes {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration CLOSE = Duration.ofSeconds(20);

  /** From when the JVMs are told when to start: all have read it by then. */
  private static final long AHEAD_NANOS = 10_000_000;

  private final int rounds;
  private final Duration warmUp;
  private final Duration time;
  private final Consumer<String> progress;
  private final List<Point> points = new ArrayList<>();

  private Processes(
      final int rounds,
      final Duration warmUp,
      final Duration time,
      final Consumer<String> progress) {
    this.rounds = rounds;
    this.warmUp = warmUp;
    this.time = time;
    this.progress = progress;
  }

  /** Prints the figures: {@code Processes [--quick]}. */
  public static void main(final String... args) throws IOException, InterruptedException {
    Alone.run(args, Processes::quick, Processes::full);
  }

  /** The short form, some 20 seconds. */
  public static List<Point> quick(final Consumer<String> progress)
      throws IOException, InterruptedException {
    return measure(3, List.of(1, 2, 4), Duration.ofMillis(50), Duration.ofMillis(100), progress);
  }

  /** The long form, about a minute and a half. */
  public static List<Point> full(final Consumer<String> progress)
      throws IOException, InterruptedException {
    return measure(5, List.of(1, 2, 4), Duration.ofMillis(200), Duration.ofMillis(500), progress);
  }

  /**
   * Measures all subjects.
   *
   * @param rounds how often
   * @param counts of JVMs, for one run each in every round
   * @param warmUp before each run
   * @param time of each run
   * @param progress gets a line for each round and figure
   * @throws IllegalStateException if a count is not exact, or a JVM ends or hangs
   */
  public static List<Point> measure(
      final int rounds,
      final List<Integer> counts,
      final Duration warmUp,
      final Duration time,
      final Consumer<String> progress)
      throws IOException, InterruptedException {
    final Processes run = new Processes(rounds, warmUp, time, progress);
    for (final Place place : Place.values()) {
      try (Ground ground = place.make()) {
        run.subject(place, ground, counts);
      }
    }
    return run.points;
  }

  private void subject(final Place place, final Ground ground, final List<Integer> counts)
      throws IOException, InterruptedException {
    final Map<Map<String, String>, double[]> rates = new LinkedHashMap<>();
    final Map<String, Long> expected = new LinkedHashMap<>();
    try (Children children = new Children()) {
      for (int i = 1; i <= Collections.max(counts); i++) {
        children.add(
            Child.start(
                place.subject + ' ' + i,
                List.of("-XX:+UseSerialGC", "-Xmx128m"),
                CountingWorker.class,
                place.name(),
                ground.where()));
      }
      for (final Child child : children.all()) {
        child.await("ready", START);
      }
      for (int round = 0; round < rounds; round++) {
        progress.accept(place.subject + ": round " + (round + 1) + " of " + rounds);
        for (final int count : counts) {
          for (final String child : List.of("one", "own")) {
            final Map<String, String> parameters =
                Figures.parameters("processes", Integer.toString(count), "child", child);
            rates.computeIfAbsent(parameters, key -> new double[rounds])[round] =
                run(ground, children.first(count), child.equals("one"), expected);
          }
        }
      }
      for (final Child child : children.all()) {
        child.tell("close");
      }
      for (final Child child : children.all()) {
        child.await("closed", CLOSE);
      }
    }
    checkExact(place.subject, expected, ground.totals());
    progress.accept(place.subject + ": all counts are exact");
    rates.forEach((parameters, each) -> add(place.subject, parameters, Figures.median(each)));
  }

  private void add(final String subject, final Map<String, String> parameters, final double rate) {
    points.add(Point.of("processes", subject, parameters, "ops/s", rate));
    progress.accept(String.format(Locale.ROOT, "%s %s: %,.0f/s", subject, parameters, rate));
  }

  /** Runs once; adds what was counted in all to what is expected, and returns the rate. */
  private double run(
      final Ground ground,
      final List<Child> children,
      final boolean one,
      final Map<String, Long> expected)
      throws InterruptedException {
    final String metric = "calls_" + expected.size();
    final List<String> names =
        one
            ? Collections.nCopies(children.size(), "all")
            : IntStream.range(0, children.size()).mapToObj(i -> "child-" + i).toList();
    for (final String name : new LinkedHashSet<>(names)) {
      ground.make(metric, name);
    }
    for (int i = 0; i < children.size(); i++) {
      children
          .get(i)
          .tell(
              String.join(
                  " ",
                  "run",
                  metric,
                  names.get(i),
                  Long.toString(warmUp.toMillis()),
                  Long.toString(time.toMillis())));
    }
    for (final Child child : children) {
      child.await("warm", warmUp.plus(START));
    }
    final long start = System.nanoTime() + AHEAD_NANOS;
    for (final Child child : children) {
      child.tell(Long.toString(start));
    }
    final List<Stretch> together = new ArrayList<>();
    for (final Child child : children) {
      together.add(Stretch.parse(child.answer(time.plus(START))));
    }
    expected.put(metric, together.stream().mapToLong(Stretch::all).sum());
    return Stretch.rate(together);
  }

  /** Compares what the children say with what everybody sees. */
  static void checkExact(
      final String subject, final Map<String, Long> expected, final Map<String, Double> found) {
    expected.forEach(
        (metric, calls) -> {
          final double seen = found.getOrDefault(metric, 0.0);
          if (seen != calls) {
            throw new IllegalStateException(
                String.format(
                    Locale.ROOT,
                    "%s is not exact: %d increments were made, %.0f are seen in %s",
                    subject,
                    calls,
                    seen,
                    metric));
          }
        });
  }
}
