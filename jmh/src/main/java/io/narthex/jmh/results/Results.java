package io.narthex.jmh.results;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All that one run of the suite measured.
 *
 * @param format {@link #FORMAT}
 * @param date when the run began, ISO 8601, UTC
 * @param version of Narthex
 * @param quick whether it was the short run, with few and short iterations
 * @param seconds how long the run took
 * @param machine where
 * @param points what
 */
public record Results(
    String format,
    String date,
    String version,
    boolean quick,
    long seconds,
    Machine machine,
    List<Point> points) {
  /** The form of the file. It changes when an older reader would take a figure for another. */
  public static final String FORMAT = "narthex-bench/1";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** Copies the points. */
  public Results {
    points = List.copyOf(points);
  }

  /** Reads a file that {@link #write} wrote; an {@link IOException} says what is wrong with it. */
  public static Results read(final Path file) throws IOException {
    final Results read;
    try (Reader reader = Files.newBufferedReader(file)) {
      read = GSON.fromJson(reader, Results.class);
    } catch (final JsonParseException | NullPointerException e) {
      throw new IOException(file + " is no result of the benchmarks: " + e.getMessage(), e);
    }
    if (read == null || !FORMAT.equals(read.format)) {
      throw new IOException(
          file
              + " is no result of the benchmarks: its format is "
              + (read == null ? "missing" : read.format)
              + ", not "
              + FORMAT);
    }
    return read;
  }

  /** Writes the file. */
  public void write(final Path file) throws IOException {
    Files.writeString(file, GSON.toJson(this) + '\n');
  }
}
