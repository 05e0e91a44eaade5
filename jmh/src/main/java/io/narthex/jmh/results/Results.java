package io.narthex.jmh.results;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * All that one run of the suite measured.
 *
 * @param format {@link #FORMAT}
 * @param date when the run began, ISO 8601, UTC
 * @param version of Narthex
 * @param quick whether it was the short run, with few and short iterations
 * @param seconds how long the run took
 * @param build the code that it measured
 * @param machine where
 * @param jvm in which it ran
 * @param points what
 */
public record Results(
    String format,
    String date,
    String version,
    boolean quick,
    long seconds,
    Build build,
    Machine machine,
    Jvm jvm,
    List<Point> points) {
  /** The form of the file. It changes when an older reader would take a figure for another. */
  public static final String FORMAT = "narthex-bench/1";

  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeSpecialFloatingPointValues()
          .create();

  /** Copies the points; files from before there were {@code build} and {@code jvm} have none. */
  public Results {
    build = build == null ? Build.UNKNOWN : build;
    jvm = jvm == null ? Jvm.UNKNOWN : jvm;
    points = points == null ? List.of() : List.copyOf(points);
  }

  /** Reads a file that {@link #write} wrote; an {@link IOException} says what is wrong with it. */
  public static Results read(final Path file) throws IOException {
    final Results read;
    try (Reader reader = Files.newBufferedReader(file)) {
      read = GSON.fromJson(reader, Results.class);
    } catch (final NoSuchFileException e) {
      throw new IOException(file + " does not exist; run the benchmarks, or give another file", e);
    } catch (final RuntimeException e) {
      // Of gson, or of a record that it could not make of what is there.
      throw new IOException(file + " is no results.json of a run, or is damaged", e);
    }
    if (read == null || !FORMAT.equals(read.format)) {
      throw new IOException(
          file
              + " is no results.json of a run: its format is "
              + (read == null ? "missing" : read.format)
              + ", not "
              + FORMAT);
    }
    if (read.date == null || read.machine == null) {
      throw new IOException(file + " is damaged: it has no date or no machine");
    }
    return read;
  }

  /** Writes the file, in the place of one that is there, all at once. */
  public void write(final Path file) throws IOException {
    final Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(beside, GSON.toJson(this) + '\n');
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
