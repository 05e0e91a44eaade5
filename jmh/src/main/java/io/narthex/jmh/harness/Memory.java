package io.narthex.jmh.harness;

import io.narthex.jmh.Names;
import io.narthex.jmh.PrivateDirectory;
import io.narthex.jmh.results.Point;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a series with two labels takes, in bytes. Measure {@code memory}.
 *
 * <p><b>Heap</b> is what is reachable with all series less what was with none, each after a full
 * collection by the serial collector, in a fresh JVM for each figure. It is not JOL's size of the
 * registry, which would leave out what hangs on threads and class loaders, and on JDK 25 cannot
 * look into all classes. Every series has been updated once, and a page has been written before
 * either look: a service that is scraped keeps what scrapes need.
 *
 * <p><b>Labels.</b> 1,000 paths by 100 customers, as services have them: few strings, in many
 * combinations, that the application holds anyway. They are there before the first look, so that
 * the strings count for nobody, and whatever a library makes of them counts.
 *
 * <p><b>Off-heap</b> is by how much the file's own account, {@code narthex_used_bytes}, grew:
 * records, values and their index. The page cache holds the file once for all processes; each
 * process that counts into a series or shows it has its own part on the heap.
 */
public final class Memory {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int BASE_STRIPES = 16;

  private final int series;
  private final Consumer<String> progress;
  private final List<Point> points = new ArrayList<>();

  private Memory(final int series, final Consumer<String> progress) {
    this.series = series;
    this.progress = progress;
  }

  /** Prints the figures: {@code Memory [--quick]}. */
  public static void main(final String... args) throws IOException, InterruptedException {
    Alone.run(args, Memory::quick, Memory::full);
  }

  /** The short form: 16 stripes only. */
  public static List<Point> quick(final Consumer<String> progress)
      throws IOException, InterruptedException {
    return measure(Names.SERIES, List.of("counter", "gauge", "histogram"), List.of(), progress);
  }

  /** The long form, with counters of 1, 4 and 64 stripes too. */
  public static List<Point> full(final Consumer<String> progress)
      throws IOException, InterruptedException {
    return measure(
        Names.SERIES, List.of("counter", "gauge", "histogram"), List.of(1, 4, 64), progress);
  }

  /**
   * Measures all subjects.
   *
   * @param series up to 100,000; with fewer, what is there once weighs more
   * @param kinds of metrics: {@code counter}, {@code gauge}, {@code histogram}
   * @param otherStripes for counters in a mapped file, beside the usual 16
   * @param progress gets a line for each JVM
   * @throws IllegalStateException if a JVM ends or hangs
   */
  public static List<Point> measure(
      final int series,
      final List<String> kinds,
      final List<Integer> otherStripes,
      final Consumer<String> progress)
      throws IOException, InterruptedException {
    final Memory run = new Memory(series, progress);
    for (final String kind : kinds) {
      for (final String subject : List.of(Subject.MAPPED, Subject.HEAP, Subject.CLIENT_JAVA)) {
        run.one(subject, kind, BASE_STRIPES);
      }
    }
    for (final int stripes : otherStripes) {
      run.one(Subject.MAPPED, "counter", stripes);
    }
    return run.points;
  }

  private void one(final String subject, final String kind, final int stripes)
      throws IOException, InterruptedException {
    final String[] bytes;
    try (PrivateDirectory scratch = new PrivateDirectory();
        Child child =
            Child.start(
                subject,
                List.of("-XX:+UseSerialGC", "-Xmx1g"),
                MemoryWorker.class,
                subject,
                kind,
                scratch.file().toString(),
                Integer.toString(stripes),
                Integer.toString(series))) {
      bytes = child.answer(LIMIT).split(" ", -1);
    }
    final double heap = Double.parseDouble(bytes[0]) / series;
    final double file = Double.parseDouble(bytes[1]) / series;
    final boolean mapped = subject.equals(Subject.MAPPED);
    add(subject, kind, "heap", mapped, stripes, heap);
    if (mapped) {
      add(subject, kind, "off-heap", true, stripes, file);
    }
    add(subject, kind, "total", mapped, stripes, heap + file);
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s %s%s: %.1f B on the heap, %.1f B in the file",
            subject,
            kind,
            mapped ? " of " + stripes + " stripes" : "",
            heap,
            file));
  }

  private void add(
      final String subject,
      final String kind,
      final String where,
      final boolean mapped,
      final int stripes,
      final double value) {
    final Map<String, String> parameters =
        mapped
            ? Figures.parameters("kind", kind, "where", where, "stripes", Integer.toString(stripes))
            : Figures.parameters("kind", kind, "where", where);
    points.add(Point.of("memory", subject, parameters, "B/series", value));
  }
}
