package io.narthex.jmh.harness;

import io.narthex.jmh.Names;
import io.narthex.jmh.PrivateDirectory;
import io.narthex.jmh.results.Point;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Whether a process that scrapes slows the one that counts. Measure {@code scrape-interference}:
 * the 99.99th percentile of single increments in one JVM while another scrapes the same mapped file
 * in a loop, over the same while another only burns CPU.
 *
 * <p>What makes the two comparable: one writer JVM is measured in both, by turns, for as long; the
 * two others are like JVMs that have the file open, one of which waits while the other has a core
 * to itself; each round measures both, and every second round the other one first. A figure is the
 * median of the rounds' ratios, so that what the machine does over the rounds cancels out.
 *
 * <p>There are two figures. {@code from=due} is of times from when a call was due: it has in it
 * whatever took the core from the writer, and on a machine with other work little else. {@code
 * from=call} is of times from when a call was made, where what meets one call in 10,000 is mostly
 * caches and interrupts.
 */
public final class Interference {
  private static final Duration START = Duration.ofSeconds(60);

  /** In the writer's line of answer: see {@link LatencyWorker#PERCENTILES}. */
  private static final int P9999 = 4;

  /** The same from when calls were made. */
  private static final int P9999_FROM_CALL = P9999 + LatencyWorker.PERCENTILES.length;

  private final double[] fromDue;
  private final double[] fromCall;

  private Interference(final int rounds) {
    this.fromDue = new double[rounds];
    this.fromCall = new double[rounds];
  }

  /** Prints the figure: {@code Interference [--quick]}. */
  public static void main(final String... args) throws IOException, InterruptedException {
    Alone.run(args, Interference::quick, Interference::full);
  }

  /** The short form, some 10 seconds. */
  public static List<Point> quick(final Consumer<String> progress)
      throws IOException, InterruptedException {
    return measure(3, Names.SERIES, Duration.ofSeconds(1), Duration.ofSeconds(1), progress);
  }

  /** The long form, of 11 rounds: more than a minute. */
  public static List<Point> full(final Consumer<String> progress)
      throws IOException, InterruptedException {
    return measure(11, Names.SERIES, Duration.ofSeconds(2), Duration.ofSeconds(3), progress);
  }

  /**
   * Measures.
   *
   * @param rounds how many; better an odd number
   * @param series in the file, up to 100,000
   * @param warmUp with each load
   * @param time with each load, in each round
   * @param progress gets a line for each round
   * @throws IllegalStateException if a JVM ends or hangs
   */
  public static List<Point> measure(
      final int rounds,
      final int series,
      final Duration warmUp,
      final Duration time,
      final Consumer<String> progress)
      throws IOException, InterruptedException {
    final Interference run = new Interference(rounds);
    try (PrivateDirectory scratch = new PrivateDirectory();
        Children children = new Children()) {
      final Child writer =
          children.add(Latencies.writer(Subject.MAPPED, "idle", scratch.file(), series));
      writer.await("ready", START);
      final Child scraper = children.add(beside("scrape", scratch));
      final Child burner = children.add(beside("burn", scratch));
      scraper.await("ready", START);
      burner.await("ready", START);
      for (final Child other : List.of(scraper, burner)) {
        on(other);
        Latencies.warm(writer, warmUp);
        off(other);
      }
      for (int round = 0; round < rounds; round++) {
        final boolean scraperFirst = round % 2 == 0;
        final double[] first = turn(writer, scraperFirst ? scraper : burner, time);
        final double[] second = turn(writer, scraperFirst ? burner : scraper, time);
        run.keep(round, scraperFirst ? first : second, scraperFirst ? second : first, progress);
      }
    }
    return List.of(point(rounds, "due", run.fromDue), point(rounds, "call", run.fromCall));
  }

  private void keep(
      final int round,
      final double[] scraped,
      final double[] burnt,
      final Consumer<String> progress) {
    fromDue[round] = scraped[P9999] / burnt[P9999];
    fromCall[round] = scraped[P9999_FROM_CALL] / burnt[P9999_FROM_CALL];
    progress.accept(
        String.format(
            Locale.ROOT,
            "round %d: p99.99 beside scraper / burner: %.0f / %.0f ns = %.2f from when due,"
                + " %.0f / %.0f ns = %.2f from the call",
            round + 1,
            scraped[P9999],
            burnt[P9999],
            fromDue[round],
            scraped[P9999_FROM_CALL],
            burnt[P9999_FROM_CALL],
            fromCall[round]));
  }

  private static Point point(final int rounds, final String from, final double[] ratios) {
    return Point.of(
        "scrape-interference",
        Subject.MAPPED,
        Figures.parameters("rounds", Integer.toString(rounds), "from", from),
        "ratio",
        Figures.median(ratios));
  }

  private static Child beside(final String work, final PrivateDirectory scratch)
      throws IOException {
    // The serial collector has no threads of its own, which might take the writer's core.
    return Child.start(
        work,
        List.of("-XX:+UseSerialGC", "-Xmx256m"),
        BesideWorker.class,
        work,
        scratch.file().toString());
  }

  private static double[] turn(final Child writer, final Child other, final Duration time)
      throws InterruptedException {
    on(other);
    final double[] times = Latencies.times(writer, time);
    off(other);
    return times;
  }

  private static void on(final Child other) throws InterruptedException {
    other.tell("on");
    other.await("on", START);
  }

  private static void off(final Child other) throws InterruptedException {
    other.tell("off");
    if (other.answer(START).equals("0")) {
      throw new IllegalStateException("the process beside the writer did nothing");
    }
  }
}
