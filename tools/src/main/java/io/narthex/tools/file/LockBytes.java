package io.narthex.tools.file;

import io.narthex.NarthexException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Asks the kernel who has a lock in the file {@code <file>.lock}.
 *
 * <p>A JVM that closes any channel on a file loses all its locks on it, and this one may have some,
 * if it counts into the file as well. So a channel that was opened here is never closed.
 */
final class LockBytes {
  private static final Map<Object, FileChannel> OPEN = new HashMap<>();

  private final FileChannel channel;
  private final boolean readable;
  private final long inode;
  private final boolean settled;

  private LockBytes(
      final FileChannel channel, final boolean readable, final long inode, final boolean settled) {
    this.channel = channel;
    this.readable = readable;
    this.inode = inode;
    this.settled = settled;
  }

  /** The locks beside a mapped file, as the lock file is now. */
  static LockBytes of(final Path file) {
    try {
      final Path real = file.toRealPath();
      final Path path = real.resolveSibling(real.getFileName() + ".lock");
      final Map<String, Object> attributes =
          Files.readAttributes(
              path, "unix:fileKey,ino,lastModifiedTime,isRegularFile", LinkOption.NOFOLLOW_LINKS);
      if (!attributes.get("isRegularFile").equals(true)) {
        return new LockBytes(null, false, 0, false);
      }
      final long made = ((FileTime) attributes.get("lastModifiedTime")).toMillis();
      return new LockBytes(
          channel(path, attributes.get("fileKey")),
          true,
          ((Number) attributes.get("ino")).longValue(),
          Math.abs(System.currentTimeMillis() - made) >= Layout.SETTLING_MILLIS);
    } catch (final NoSuchFileException e) {
      return new LockBytes(null, true, 0, true);
    } catch (final AccessDeniedException e) {
      return new LockBytes(null, false, 0, false);
    } catch (final IOException e) {
      throw new NarthexException(
          "cannot read " + file + ".lock, which tells who is alive: " + e.getMessage(), e);
    }
  }

  private static FileChannel channel(final Path path, final Object key) throws IOException {
    synchronized (OPEN) {
      FileChannel open = OPEN.get(key);
      if (open == null) {
        open = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        OPEN.put(key, open);
      }
      return open;
    }
  }

  /** Whether it can be told at all who is alive. */
  boolean isReadable() {
    return readable;
  }

  /** Whether the owner of a row has its lock: it goes on, though it may have closed the file. */
  boolean isHeld(final ProcessRow row, final long seed) {
    return row.owner() > 0
        && row.owner() < Layout.MAX_INCARNATION
        && channel != null
        && isLocked(byteOf(row, seed));
  }

  private static long byteOf(final ProcessRow row, final long seed) {
    return Layout.FIRST_LOCK_BYTE + (seed >>> 3) + row.owner();
  }

  /** Whether the owner of a row is alive; of one that nobody has had: dead. */
  ProcessState state(final ProcessRow row, final long seed) {
    if (row.owner() <= 0 || row.owner() >= Layout.MAX_INCARNATION) {
      return ProcessState.DEAD;
    }
    if (row.isClosed()) {
      return ProcessState.CLOSED;
    }
    if (!readable) {
      return ProcessState.UNKNOWN;
    }
    if (channel == null) {
      return ProcessState.DEAD;
    }
    if (isLocked(byteOf(row, seed))) {
      return ProcessState.ALIVE;
    }
    return row.lockFile() == inode || settled ? ProcessState.DEAD : ProcessState.UNKNOWN;
  }

  /** Two that ask at once, each by a shared lock, can both have theirs. */
  private boolean isLocked(final long at) {
    synchronized (OPEN) {
      try (FileLock lock = channel.tryLock(at, 1, true)) {
        return lock == null;
      } catch (final OverlappingFileLockException e) {
        return true; // this JVM has it
      } catch (final IOException e) {
        throw new NarthexException("cannot ask for locks: " + e.getMessage(), e);
      }
    }
  }
}
