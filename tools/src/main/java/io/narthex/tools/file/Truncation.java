package io.narthex.tools.file;

import io.narthex.NarthexException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A file that another program truncates while it is read, told as what it is. */
final class Truncation {
  private Truncation() {}

  /**
   * Reads a file.
   *
   * @throws NarthexException if it was truncated, whatever came of the reading
   */
  static <T> T guard(final FileImage image, final Supplier<T> reading) {
    try {
      final T result = reading.get();
      image.requireWhole();
      return result;
    } catch (final NarthexException e) {
      image.requireWhole(); // zeros may have led to it
      throw e;
    } catch (final InternalError e) {
      // What the JVM throws where a page is gone from under a mapping.
      throw of(image.path(), e);
    }
  }

  static NarthexException of(final Path path, final Throwable cause) {
    return new NarthexException(
        path + " was truncated by another program while it was read; restore or delete it", cause);
  }
}
