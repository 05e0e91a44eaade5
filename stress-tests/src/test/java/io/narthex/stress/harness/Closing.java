package io.narthex.stress.harness;

import java.util.List;

/** Closes one thing after the other, also behind one that cannot be closed. */
final class Closing {
  private Closing() {}

  /**
   * Closes all.
   *
   * @throws AssertionError if some of them could not be; the others are closed then
   */
  static void all(final List<? extends AutoCloseable> resources) {
    AssertionError failure = null;
    for (final AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (final Exception | Error e) {
        if (failure == null) {
          failure = new AssertionError("not all could be closed: " + e.getMessage(), e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
