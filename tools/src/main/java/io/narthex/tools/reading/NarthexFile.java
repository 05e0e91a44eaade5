package io.narthex.tools.reading;

import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.mapped.MappedBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Mapped files as commands open them: to look, with an error of one line if that cannot be. */
public final class NarthexFile {
  private static final String LOCK = ".lock";

  private NarthexFile() {}

  /**
   * Opens a file for reading only; it may be in use.
   *
   * @param path the file
   * @return a registry that exports what the file holds, and closes it
   * @throws NarthexException that says what is wrong with the path or the file, and what to do
   */
  public static MetricRegistry open(final Path path) {
    check(path);
    return MetricRegistry.create(MappedBackend.openReadOnly(path));
  }

  /**
   * Reads all that a file holds at this moment.
   *
   * @param path the file
   * @return what it shows
   * @throws NarthexException that says what is wrong with the path or the file, and what to do
   */
  public static Reading read(final Path path) {
    try (MetricRegistry registry = open(path)) {
      return Reading.of(registry);
    }
  }

  /**
   * Refuses what cannot be a mapped file by its kind, before anything opens it: to open a pipe
   * would wait for somebody who writes to it. What does not exist passes; to open it says so.
   *
   * @param path the file
   * @throws NarthexException if it is a directory, pipe, socket or device, or a lock file
   */
  public static void check(final Path path) {
    final BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (final IOException e) {
      return; // said better by who opens it
    }
    if (attributes.isDirectory()) {
      throw new NarthexException(path + " is a directory; give the path of a file in it");
    }
    if (!attributes.isRegularFile()) {
      throw new NarthexException(
          path + " is a pipe, socket or device; give the path of a mapped file");
    }
    final String name = path.toString();
    if (attributes.size() == 0 && name.endsWith(LOCK)) {
      throw new NarthexException(
          path
              + " is a lock file; give the file that it is for, "
              + name.substring(0, name.length() - LOCK.length()));
    }
  }
}
