package io.narthex.backend.mapped;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file of kernel locks that stands beside a mapped file, {@code <file>.lock}. The kernel frees
 * a lock when its process dies, whatever it dies of.
 *
 * <p>A JVM loses all its locks on a file as soon as it closes any channel on it, so there is one
 * channel per mapped file in a JVM and it is never closed. Only the mapped file's {@link IoThread}
 * uses it.
 *
 * <p>Byte 0 is locked by who makes the mapped file grow. The bytes from 1 on are reserved for the
 * processes that use it: each locks the one at its own incarnation number.
 */
final class LockFile {
  private static final Map<Object, LockFile> OPEN = new ConcurrentHashMap<>();
  private static final long GROWTH = 0;

  private final FileChannel channel;

  private LockFile(final FileChannel channel) {
    this.channel = channel;
  }

  /**
   * The lock file of a mapped file; to be called on its {@link IoThread}.
   *
   * @param identity of the mapped file, the same for all paths to it
   */
  static LockFile of(final Object identity, final Path file) throws IOException {
    final LockFile known = OPEN.get(identity);
    if (known != null) {
      return known;
    }
    final Path beside = file.resolveSibling(file.getFileName() + ".lock");
    final LockFile opened =
        new LockFile(
            FileChannel.open(
                beside,
                Set.of(
                    StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                FileCreator.ownerOnly()));
    OPEN.put(identity, opened);
    return opened;
  }

  /**
   * Tries to become the one process that makes the file grow.
   *
   * @return null if another process is at it
   */
  FileLock tryLockGrowth() throws IOException {
    return channel.tryLock(GROWTH, 1, false);
  }
}
