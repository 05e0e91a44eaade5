package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Reads of a file that another program may truncate meanwhile, and says what happened: by a {@link
 * NarthexException} and at once. A viewer also looks at the file's length, as long as it is open,
 * so that it touches nothing that was gone before it began.
 */
final class ReadGuard {
  private final FileIo io;
  private final FileId id;
  private final Mapping fixed;
  private final Segments segments;

  /** Whether what is known of a file that is only read may be wrong: it was truncated once. */
  private volatile boolean spoiled;

  /** Whether the file was too short when it was closed; its length cannot be told any more then. */
  private volatile boolean shortAtLast;

  /** What a viewer shows now: one for all that it opens one after the other. */
  private AtomicReference<ReadGuard> shown = new AtomicReference<>(this);

  ReadGuard(final FileIo io, final FileId id, final Mapping fixed, final Segments segments) {
    this.io = io;
    this.id = id;
    this.fixed = fixed;
    this.segments = segments;
  }

  /** What is read. */
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    T read() throws X;
  }

  /** Has this, which nobody uses as yet, shown in place of an earlier one from now on. */
  void follow(final ReadGuard earlier) {
    shown = earlier.shown;
    shown.set(this);
  }

  /** Whether the viewer is closed that this is or was shown by. */
  boolean isViewerClosed() {
    return shown.get().io.thread().isClosed();
  }

  /** Whether pages are refused, as what is known of the file may be wrong. */
  boolean isSpoiled() {
    return spoiled;
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
    final T result = read(work, null);
    requireUnspoiled();
    return result;
  }

  private void requireUnspoiled() {
    if (spoiled) {
      throw truncated(io.path(), null);
    }
  }

  /**
   * Reads some of the file. A fault that is pending from another mapping is taken for one of this.
   *
   * @param gone what there is to be had when the viewer is closed and nothing can be read any more;
   *     null if that is refused, too
   * @throws NarthexException if the file was truncated, before or meanwhile, or if another one was
   *     copied over it since that was noticed
   * @throws X what the work threw
   */
  <T, X extends Exception> T read(final Work<T, X> work, final Supplier<T> gone) throws X {
    T result = null;
    RuntimeException thrown = null;
    NarthexException refusal;
    try {
      try {
        refusal = refusal(null);
        if (refusal == null) {
          result = work.read();
          refusal = refusal(null);
        }
      } catch (final RuntimeException e) {
        thrown = e;
        refusal = refusal(e); // zeros may have led to it
      } finally {
        tell();
      }
    } catch (final InternalError e) {
      if (!PendingFault.isFault(e)) {
        throw e;
      }
      spoil();
      refusal = truncated(io.path(), e);
    }
    if (refusal != null) {
      if (gone != null && isViewerClosed()) {
        return gone.get();
      }
      throw refusal;
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

  /** Why nothing can be read; null if it can. */
  private NarthexException refusal(final Throwable cause) {
    if (io.isWritable()) {
      return null;
    }
    if (isTruncated()) {
      spoil();
      return truncated(io.path(), cause);
    }
    // What is altered in a file is served; but of one that was truncated it tells another one.
    if (spoiled && isAnother()) {
      return new NarthexException(
          "another file was copied over "
              + io.path()
              + ": what was known of it is gone; register the metric again",
          cause);
    }
    return null;
  }

  /** Whether a file is shorter than what is mapped of it; whoever has it open is asked. */
  private boolean isTruncated() {
    final ReadGuard now = shown.get();
    final ReadGuard last = now.id.key().equals(id.key()) ? now : this;
    return last.shortAtLast || last.io.endsBefore(segments.end());
  }

  /** Whether the file that is mapped is not the one that was opened. */
  private boolean isAnother() {
    final long seed =
        Memory.ACCESS.getLong(fixed.buffer, fixed.position(HeaderDescriptor.SEED_OFFSET));
    return seed != id.seed();
  }

  private void spoil() {
    if (!io.isWritable()) {
      spoiled = true;
      final ReadGuard now = shown.get();
      if (now.isTruncated()) {
        now.spoiled = true; // it may be long again when that is read next
      }
    }
  }

  /** Before the file is closed: who reads it at the moment cannot tell any more. */
  void lastLook() {
    if (!io.isWritable() && io.endsBefore(segments.end())) {
      shortAtLast = true;
      spoiled = true;
    }
  }

  /** An InternalError is how the JVM reports a page that is gone from under a mapping. */
  static NarthexException truncated(final Path path, final Throwable cause) {
    return new NarthexException(
        path + " was truncated by another program while it was mapped", cause);
  }
}
