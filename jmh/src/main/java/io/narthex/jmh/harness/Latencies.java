package io.narthex.jmh.harness;

import io.narthex.jmh.Names;
import io.narthex.jmh.PrivateDirectory;
import io.narthex.jmh.results.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long a single {@code inc()} takes at worst. Measure {@code latency}, in nanoseconds.
 *
 * <p>One thread increments at a fixed rate, far below what it could, and each call's time runs from
 * when it was due (see {@link Schedule}). All subjects hold 100,000 series, of which it counts into
 * one. Meanwhile another thread of the same JVM does nothing; or it writes pages of them, as fast
 * as the library can; or it creates further ones of the same metric, 50,000 a second. What the
 * machine itself takes away, and the collector, is in it, for all subjects alike. Each subject and
 * load has a fresh JVM; with several rounds, the subjects take turns, and each figure is the median
 * of its rounds.
 */
public final class Latencies {
  private static final Duration START = Duration.ofSeconds(60);
  private static final long INTERVAL_NANOS = 5_000;
  private static final List<String> LOADS = List.of("idle", "scraping", "creating");

  private static final List<String> SUBJECTS =
      List.of(Subject.MAPPED, Subject.HEAP, Subject.CLIENT_JAVA);

  private Latencies() {}

  /** Prints the figures: {@code Latencies [--quick]}. */
  public static void main(final String... args) throws IOException, InterruptedException {
    Alone.run(args, Latencies::quick, Latencies::full);
  }

  /** The short form, some 20 seconds. */
  public static List<Point> quick(final Consumer<String> progress)
      throws IOException, InterruptedException {
    return measure(
        1, LOADS, Names.SERIES, Duration.ofMillis(600), Duration.ofMillis(800), progress);
  }

  /** The long form, some two minutes. */
  public static List<Point> full(final Consumer<String> progress)
      throws IOException, InterruptedException {
    return measure(
        3, LOADS, Names.SERIES, Duration.ofMillis(1500), Duration.ofSeconds(3), progress);
  }

  /**
   * Measures all subjects.
   *
   * @param rounds how often
   * @param loads some of {@code idle}, {@code scraping} and {@code creating}
   * @param series that there are from the beginning, up to 100,000
   * @param warmUp of each JVM, with its load
   * @param time of each JVM; with the warm-up less than 20 seconds
   * @param progress gets a line for each JVM
   * @throws IllegalStateException if a JVM ends or hangs
   */
  public static List<Point> measure(
      final int rounds,
      final List<String> loads,
      final int series,
      final Duration warmUp,
      final Duration time,
      final Consumer<String> progress)
      throws IOException, InterruptedException {
    final Map<List<String>, double[][]> values = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (final String load : loads) {
        for (final String subject : SUBJECTS) {
          final double[] times = one(subject, load, series, warmUp, time, progress);
          final double[][] all =
              values.computeIfAbsent(
                  List.of(subject, load), key -> new double[times.length][rounds]);
          for (int i = 0; i < times.length; i++) {
            all[i][round] = times[i];
          }
        }
      }
    }
    final List<Point> points = new ArrayList<>();
    values.forEach((key, all) -> add(points, key.get(0), key.get(1), all));
    return points;
  }

  private static double[] one(
      final String subject,
      final String load,
      final int series,
      final Duration warmUp,
      final Duration time,
      final Consumer<String> progress)
      throws IOException, InterruptedException {
    try (PrivateDirectory scratch = new PrivateDirectory();
        Child writer = writer(subject, load, scratch.file(), series)) {
      writer.await("ready", START);
      warm(writer, warmUp);
      final double[] answer = times(writer, time);
      progress.accept(
          String.format(
              Locale.ROOT,
              "%s %s: p50 %.0f ns, p99.99 %.0f ns, max %.0f ns%s",
              subject,
              load,
              answer[0],
              answer[4],
              answer[5],
              switch (load) {
                case "scraping" ->
                    String.format(Locale.ROOT, ", beside %.0f pages", answer[answer.length - 1]);
                case "creating" ->
                    String.format(
                        Locale.ROOT, ", beside %.0f new series", answer[answer.length - 1]);
                default -> "";
              }));
      return Arrays.copyOf(answer, LatencyWorker.PERCENTILES.length);
    }
  }

  /** Starts a JVM that can be measured by {@link #times}. */
  static Child writer(final String subject, final String load, final Path file, final int series)
      throws IOException {
    return Child.start(
        subject,
        List.of("-Xms1g", "-Xmx1g"),
        LatencyWorker.class,
        subject,
        load,
        file.toString(),
        Long.toString(INTERVAL_NANOS),
        Integer.toString(series));
  }

  static void warm(final Child writer, final Duration time) throws InterruptedException {
    writer.tell("warm " + time.toMillis());
    writer.await("warm", time.plus(START));
  }

  /** All numbers of the answer: see {@link LatencyWorker}. */
  static double[] times(final Child writer, final Duration time) throws InterruptedException {
    writer.tell("measure " + time.toMillis());
    final String[] words = writer.answer(time.plus(START)).split(" ", -1);
    final double[] times = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      times[i] = Double.parseDouble(words[i]);
    }
    return times;
  }

  private static void add(
      final List<Point> points, final String subject, final String load, final double[][] all) {
    for (int i = 0; i < all.length; i++) {
      final double percentile = LatencyWorker.PERCENTILES[i];
      final String name =
          percentile == 100
              ? "max"
              : percentile == Math.rint(percentile)
                  ? Integer.toString((int) percentile)
                  : Double.toString(percentile);
      points.add(
          Point.of(
              "latency",
              subject,
              Figures.parameters(
                  "load", load, "percentile", name, "rate", 1_000_000_000 / INTERVAL_NANOS + "/s"),
              "ns",
              Figures.median(all[i])));
    }
  }
}
