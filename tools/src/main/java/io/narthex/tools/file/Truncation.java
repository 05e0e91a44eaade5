package io.narthex.tools.file;

import io.narthex.NarthexException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What the JVM throws where a page is gone from under a mapping, told as what it is. */
final class Truncation {
  private Truncation() {}

  static <T> T guard(final Path path, final Supplier<T> reading) {
    try {
      return reading.get();
    } catch (final InternalError e) {
      throw new NarthexException(
          path + " was truncated by another program while it was read; restore or delete it", e);
    }
  }
}
