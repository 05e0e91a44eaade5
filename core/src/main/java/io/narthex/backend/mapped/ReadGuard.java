package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import java.nio.file.Path;

/**
 * Reads of a file that another program may truncate meanwhile, and says what happened: by a {@link
 * NarthexException} and at once. A viewer also looks at the file's length, as long as it is open,
 * so that it touches nothing that was gone before it began.
 */
final class ReadGuard {
  private final FileIo io;
  private final Segments segments;

  /** Whether what is known of a file that is only read may be wrong: it was truncated once. */
  private volatile boolean spoiled;

  /** Whether another file was copied over this one. */
  private volatile boolean overwritten;

  /** Of the store that has opened the same file anew since. */
  private volatile ReadGuard successor;

  ReadGuard(final FileIo io, final Segments segments) {
    this.io = io;
    this.segments = segments;
  }

  /** What is read. */
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    T read() throws X;
  }

  /**
   * Reads the file as a whole, for which what is known of it has to be right.
   *
   * @throws NarthexException if the file was truncated, before or meanwhile
   * @throws InternalError if this thread has a fault pending, of whatever mapping
   * @throws X what the work threw
   */
  <T, X extends Exception> T readAll(final Work<T, X> work) throws X {
    tell();
    requireUnspoiled();
    final T result = read(work);
    requireUnspoiled();
    return result;
  }

  private void requireUnspoiled() {
    if (spoiled) {
      throw truncated(null);
    }
  }

  /**
   * Reads some of the file. A fault that is pending from another mapping is taken for one of this.
   *
   * @throws NarthexException if the file was truncated, before or meanwhile, or another was copied
   *     over it
   * @throws X what the work threw
   */
  <T, X extends Exception> T read(final Work<T, X> work) throws X {
    if (overwritten) {
      throw new NarthexException(
          "another file was copied over "
              + io.path()
              + ": what was known of it is gone; register the metric again");
    }
    T result = null;
    RuntimeException thrown = null;
    boolean truncated;
    try {
      try {
        truncated = isTruncated();
        if (!truncated) {
          result = work.read();
          truncated = isTruncated();
        }
      } catch (final RuntimeException e) {
        thrown = e;
        truncated = isTruncated(); // zeros may have led to it
      } finally {
        tell();
      }
    } catch (final InternalError e) {
      if (PendingFault.isFault(e)) {
        throw truncated(e);
      }
      throw e;
    }
    if (truncated) {
      throw truncated(thrown);
    }
    if (thrown != null) {
      throw thrown;
    }
    return result;
  }

  /** Who writes pays nothing: its updates may fail at any time anyway. */
  private void tell() {
    if (!io.isWritable()) {
      PendingFault.tell();
    }
  }

  /** Whether a file that is only read is shorter than what is mapped of it. */
  private boolean isTruncated() {
    return !io.isWritable() && last().io.endsBefore(segments.end());
  }

  /** Whose file is still open: of one that is closed the length cannot be told. */
  private ReadGuard last() {
    ReadGuard last = this;
    for (ReadGuard next = successor; next != null; next = next.successor) {
      last = next;
    }
    if (last != this) {
      successor = last; // so that none in between is kept, or gone through again
    }
    return last;
  }

  private NarthexException truncated(final Throwable cause) {
    spoiled = !io.isWritable();
    return truncated(io.path(), cause);
  }

  /** An InternalError is how the JVM reports a page that is gone from under a mapping. */
  static NarthexException truncated(final Path path, final Throwable cause) {
    return new NarthexException(
        path + " was truncated by another program while it was mapped", cause);
  }

  /** Whether pages are refused, as what is known of the file may be wrong. */
  boolean isSpoiled() {
    return spoiled;
  }

  /** Whether the same file was opened anew, and is open. */
  boolean isPassedOn() {
    return successor != null && !last().io.thread().isClosed();
  }

  /** The same file was opened anew: handles that are kept go on asking for its length there. */
  void passOnTo(final ReadGuard fresh) {
    successor = fresh;
  }

  /** Refuses all reads from now on, as they would be of another file's content. */
  void forbid() {
    overwritten = true;
  }

  /** Before the file is closed: who reads it at the moment cannot tell any more. */
  void lastLook() {
    try {
      if (isTruncated()) {
        spoiled = true;
      }
    } catch (final InternalError e) {
      spoiled = !io.isWritable();
    }
  }
}
