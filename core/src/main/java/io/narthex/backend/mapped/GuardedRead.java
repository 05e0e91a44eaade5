package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import java.nio.file.Path;

/**
 * Reads a file that another program may truncate meanwhile, and tells what happened: by a {@link
 * NarthexException} and at once. What only reads its file learns of it by the file's length, too,
 * while it is open, and touches nothing that was gone before.
 */
final class GuardedRead {
  private GuardedRead() {}

  /** What is read. */
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    T read() throws X;
  }

  /**
   * Reads the file as a whole, for which what is known of it has to be right.
   *
   * @throws NarthexException if the file was truncated, before or meanwhile
   * @throws X what the work threw
   */
  static <T, X extends Exception> T ofAll(final MappedStore store, final Work<T, X> work) throws X {
    requireUnspoiled(store);
    final T result = of(store, work);
    requireUnspoiled(store);
    return result;
  }

  private static void requireUnspoiled(final MappedStore store) {
    if (store.isSpoiled()) {
      throw truncated(store, null);
    }
  }

  /**
   * Reads some of the file.
   *
   * @throws NarthexException if the file was truncated, before or meanwhile
   * @throws X what the work threw
   */
  static <T, X extends Exception> T of(final MappedStore store, final Work<T, X> work) throws X {
    T result = null;
    RuntimeException thrown = null;
    boolean truncated;
    try {
      try {
        truncated = store.isTruncated();
        if (!truncated) {
          result = work.read();
          truncated = store.isTruncated();
        }
      } catch (final RuntimeException e) {
        thrown = e;
        truncated = store.isTruncated(); // zeros may have led to it
      } finally {
        tell(store);
      }
    } catch (final InternalError e) {
      if (PendingFault.isFault(e)) {
        throw truncated(store, e);
      }
      throw e;
    }
    if (truncated) {
      throw truncated(store, thrown);
    }
    if (thrown != null) {
      throw thrown;
    }
    return result;
  }

  /** Who writes pays nothing: its updates may fail at any time anyway. */
  private static void tell(final MappedStore store) {
    if (!store.isWritable()) {
      PendingFault.tell();
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
