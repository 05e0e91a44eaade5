package io.narthex.tools.history;

import io.narthex.NarthexException;
import io.narthex.tools.text.Failures;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The segments of a history, which are files of its directory with numbers that only grow. */
final class HistoryDirectory {
  static final String LOCK = "recording.lock";

  private static final Pattern NAME = Pattern.compile("history-(\\d{6,18})\\.nxh");

  private final Path path;

  HistoryDirectory(final Path path) {
    this.path = path;
  }

  /**
   * A file of the directory.
   *
   * @param number the larger, the later
   */
  record Segment(Path path, long number) {
    /** As messages call it. */
    String name() {
      return path.getFileName().toString();
    }

    long size() throws IOException {
      return Files.size(path);
    }
  }

  Path path() {
    return path;
  }

  Segment segment(final long number) {
    return new Segment(
        path.resolve(String.format(Locale.ROOT, "history-%06d.nxh", number)), number);
  }

  /** The segments in their order. */
  List<Segment> segments() {
    final List<Segment> found = new ArrayList<>();
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw noDirectory(null); // to open a pipe would wait for its writer
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, "history-*.nxh")) {
      for (final Path entry : entries) {
        final Matcher name = NAME.matcher(entry.getFileName().toString());
        if (name.matches()) {
          if (!Files.isRegularFile(entry)) {
            throw new NarthexException(
                entry + " is no file, as a part of a history has to be; move it away");
          }
          found.add(new Segment(entry, Long.parseLong(name.group(1))));
        }
      }
    } catch (final NotDirectoryException e) {
      throw noDirectory(e);
    } catch (final NoSuchFileException e) {
      throw new NarthexException(
          "there is no history " + path + "; check the path, or make one with narthex record", e);
    } catch (final DirectoryIteratorException e) {
      throw failed("read", path, e.getCause());
    } catch (final IOException e) {
      throw failed("read", path, e);
    }
    found.sort(Comparator.comparingLong(Segment::number));
    return found;
  }

  private NarthexException noDirectory(final IOException e) {
    return new NarthexException(
        path + " is a file; a history is a directory, which narthex record makes", e);
  }

  static NarthexException failed(final String what, final Path path, final IOException e) {
    return new NarthexException("cannot " + what + " " + path + ": " + Failures.reason(e), e);
  }
}
