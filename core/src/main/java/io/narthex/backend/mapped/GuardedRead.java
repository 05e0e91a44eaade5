package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import java.nio.file.Path;

/**
 * Reads a file that another program may truncate meanwhile, and tells what happened: by a {@link
 * NarthexException} and at once. What only reads its file learns of it by the file's length, too,
 * and touches nothing that is gone.
 */
final class GuardedRead {
  private GuardedRead() {}

  /** What is read. */
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    T read() throws X;
  }

  /**
   * Reads.
   *
   * @throws NarthexException if the file was truncated, before or meanwhile
   * @throws X what the work threw
   */
  static <T, X extends Exception> T of(final MappedStore store, final Work<T, X> work) throws X {
    if (store.isTruncated()) {
      throw truncated(store, null);
    }
    final T result;
    try {
      result = told(store, work);
    } catch (final InternalError e) {
      throw truncated(store, e);
    } catch (final RuntimeException e) {
      throw store.isTruncated() ? truncated(store, e) : e; // what it made of zeros, perhaps
    }
    if (store.isTruncated()) {
      throw truncated(store, null);
    }
    return result;
  }

  /** Who writes pays nothing: its updates may fail at any time anyway. */
  private static <T, X extends Exception> T told(final MappedStore store, final Work<T, X> work)
      throws X {
    try {
      return work.read();
    } finally {
      if (!store.isWritable()) {
        PendingFault.tell();
      }
    }
  }

  private static NarthexException truncated(final MappedStore store, final Throwable cause) {
    store.spoil();
    return truncated(store.path(), cause);
  }

  /** An InternalError is how the JVM reports a page that is gone from under a mapping. */
  static NarthexException truncated(final Path path, final Throwable cause) {
    return new NarthexException(
        path + " was truncated by another program while it was mapped", cause);
  }
}
