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
 * that only reads changes over, within a second, when another file has got the path, or when one
 * that was truncated has changed.
 */
final class Attachment {
  private static final EngineLog LOG = EngineLog.of(Attachment.class);
  private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(FileWatch.MILLIS);
  private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Path path;
  private final AtomicLong nextCheck = new AtomicLong(System.nanoTime() + CHECK_NANOS);
  private volatile MappedStore store;
  private String told = "";

  /** The state of the file that was last refused for its content, and when that was. */
  private String tried = "";

  private long triedNanos;

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
    if (closed) {
      return;
    }
    try {
      final BasicFileAttributes there = Files.readAttributes(path, BasicFileAttributes.class);
      if (store.id().key().equals(there.fileKey()) && !store.guard().isSpoiled()) {
        return;
      }
      final String state =
          there.fileKey() + ", " + there.size() + " bytes of " + there.lastModifiedTime();
      if (isWorthATry(state)) {
        open(state);
      }
    } catch (final NoSuchFileException e) {
      tellDeleted();
    } catch (final IOException e) {
      // What is there cannot be told, as it may be again in a second.
    }
  }

  private void open(final String state) throws NoSuchFileException {
    try {
      final MappedStore fresh = MappedStore.open(path, false);
      final MappedStore old = store;
      fresh.guard().follow(old.guard());
      store = fresh;
      old.close();
      told = "";
      tried = "";
    } catch (final NoSuchFileException e) {
      throw e;
    } catch (final IOException | NarthexException e) {
      // What is wrong with its content stays so; for want of descriptors, say, it is tried again.
      tried = e instanceof NarthexException ? state : "";
      triedNanos = System.nanoTime();
      tell(
          (store.guard().isSpoiled()
                  ? path + " was truncated, and nothing is shown of what is there now: "
                  : "what is shown of "
                      + path
                      + " is an old file, as the one that is there now cannot be read: ")
              + e.getMessage());
    }
  }

  /**
   * Each try maps some of the file, so one that was refused is left alone for a while, unless it
   * has changed since. Not for ever: what is stored through a mapping may change neither its length
   * nor its time.
   */
  private boolean isWorthATry(final String state) {
    return !state.equals(tried) || System.nanoTime() - triedNanos >= RETRY_NANOS;
  }

  private void tellDeleted() {
    tell(
        store.guard().isSpoiled()
            ? path + " was truncated and deleted: nothing is shown until there is another"
            : path
                + " was deleted: what is shown is the old file, which its processes may go on with");
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
