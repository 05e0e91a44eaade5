package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import io.narthex.backend.EngineLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The file that a backend works on. A process that counts stays with the file that it opened; one
 * that only reads changes over, within a second, when another file has got the path.
 */
final class Attachment {
  private static final EngineLog LOG = EngineLog.of(Attachment.class);
  private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(FileWatch.MILLIS);

  private final Path path;
  private final AtomicLong nextCheck = new AtomicLong(System.nanoTime() + CHECK_NANOS);
  private volatile MappedStore store;
  private String told = "";

  /** The state of the file when it was last refused for its content. */
  private String tried = "";

  private boolean closed;

  Attachment(final Path path, final MappedStore store) {
    this.path = path;
    this.store = store;
  }

  /** The file as of now. */
  MappedStore store() {
    final MappedStore current = store;
    if (!current.isWritable()) {
      final long due = nextCheck.get();
      final long now = System.nanoTime();
      if (now - due >= 0 && nextCheck.compareAndSet(due, now + CHECK_NANOS)) {
        changeOver();
        return store;
      }
    }
    return current;
  }

  private synchronized void changeOver() {
    final String state = store.isSpoiled() ? stateOf(path) : "";
    if (closed || !isWorthATry(state)) {
      return;
    }
    try {
      final MappedStore fresh = MappedStore.open(path, false);
      final MappedStore old = store;
      store = fresh;
      old.close();
      told = "";
      tried = "";
    } catch (final NoSuchFileException e) {
      tell(
          store.isSpoiled()
              ? path + " was truncated and deleted: nothing is shown until there is another"
              : path
                  + " was deleted: what is shown is the old file, which its processes may go on"
                  + " with");
    } catch (final IOException | NarthexException e) {
      // What is wrong with its content stays so; for want of descriptors, say, it is tried again.
      tried = e instanceof NarthexException ? state : "";
      tell(
          (store.isSpoiled()
                  ? path + " was truncated, and nothing is shown of what is there now: "
                  : "what is shown of "
                      + path
                      + " is an old file, as the one that is there now cannot be read: ")
              + e.getMessage());
    }
  }

  /**
   * Whether there is another file, or the same may be whole again. Each try maps some of it, so one
   * that has not changed since the last is left alone.
   */
  private boolean isWorthATry(final String state) {
    return !FileWatch.isThere(path, store.id()) || (store.isSpoiled() && !state.equals(tried));
  }

  private static String stateOf(final Path path) {
    try {
      final BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.size() + " bytes of " + attributes.lastModifiedTime();
    } catch (final IOException e) {
      return e.toString();
    }
  }

  private void tell(final String state) {
    if (!state.equals(told)) {
      told = state;
      LOG.log(Level.WARNING, state);
    }
  }

  synchronized void close() {
    if (!closed) {
      closed = true;
      if (store.isWritable()) {
        OpenStores.close(store);
      } else {
        store.close();
      }
    }
  }
}
