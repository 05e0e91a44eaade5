package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The file of kernel locks that stands beside a mapped file, {@code <file>.lock}. The kernel frees
 * a lock when its process dies, whatever it dies of.
 *
 * <p>A JVM loses all its locks on a file as soon as it closes any channel on it, so there is one
 * channel per lock file in a JVM and it is never closed. For the sake of that a class loader which
 * loaded this class is never unloaded. Only {@link IoThread}s use it.
 *
 * <p>Byte 0 is locked by who makes the mapped file grow, byte 1 by who opens it (see {@link
 * Opener}), and one far behind by each process that uses it: see {@link Processes}.
 */
final class LockFile {
  /** By the lock file's own identity, which no other file can get while the channel is open. */
  private static final Map<Object, LockFile> OPEN = new HashMap<>();

  /** By path, as of now. */
  private static final Map<Path, LockFile> LAST = new HashMap<>();

  static {
    // A class loader that is thrown away would take its channels with it, and with them the locks
    // of all others in this JVM: this keeps it.
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(LockFile::keep, "narthex locks"));
    } catch (final IllegalStateException e) {
      // The JVM is about to end: nothing is thrown away any more.
    }
  }

  private static final long GROWTH = 0;
  private static final long ATTACH = 1;

  /** An opening takes milliseconds, or as long as it takes to write a new file. */
  static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Bytes below are for other purposes. */
  static final long FIRST_INCARNATION = 16;

  /** Those that can only be read, and so only be asked. */
  private static final Map<Object, LockFile> OPEN_FOR_READING = new HashMap<>();

  /**
   * How long a lock file has to have been there before it proves that somebody is dead who last
   * locked another one: all who use the mapped file look each second whether it was made anew.
   */
  static final long SETTLING_MILLIS = 5_000;

  private final FileChannel channel;
  private final Identity identity;

  private LockFile(final FileChannel channel, final Identity identity) {
    this.channel = channel;
    this.identity = identity;
  }

  /**
   * The lock file of a mapped file as it is now: one that was deleted and made anew is another, as
   * it is for all other processes.
   *
   * @param file the real path of the mapped file
   */
  static synchronized LockFile of(final Path file) throws IOException {
    final Path path = beside(file);
    try {
      final LockFile found = findOrCreate(path, file);
      LAST.put(path, found);
      return found;
    } catch (final NoSuchFileException e) {
      // Both files were deleted: those who still use them have the lock file in common.
      final LockFile last = LAST.get(path);
      if (last == null) {
        throw e;
      }
      return last;
    }
  }

  /** Where the lock file of a mapped file is, by that one's real path. */
  static Path beside(final Path file) {
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  private static void keep() {
    // To be referred to is all that it is for.
  }

  private static LockFile findOrCreate(final Path path, final Path file) throws IOException {
    while (true) {
      final Identity identity = identity(path);
      if (identity == null) {
        create(path, file);
        continue;
      }
      final LockFile known = OPEN.get(identity.key());
      if (known != null) {
        return known;
      }
      final LockFile opened =
          new LockFile(
              FileChannel.open(
                  path,
                  Set.of(
                      StandardOpenOption.READ,
                      StandardOpenOption.WRITE,
                      LinkOption.NOFOLLOW_LINKS)),
              identity);
      // Kept also if the file was replaced meanwhile: a channel is never closed.
      OPEN.put(identity.key(), opened);
      if (identity.equals(identity(path))) {
        return opened;
      }
    }
  }

  /**
   * The same for asking only, as a process does that only reads.
   *
   * @return null if there is none, so that nobody has a lock
   */
  static synchronized LockFile forReading(final Path file) throws IOException {
    final Path path = beside(file);
    final Identity identity = identity(path);
    if (identity == null) {
      return null;
    }
    LockFile known = OPEN.get(identity.key());
    if (known == null) {
      known = OPEN_FOR_READING.get(identity.key());
    }
    if (known != null) {
      return known;
    }
    final LockFile opened =
        new LockFile(
            FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)),
            identity);
    OPEN_FOR_READING.put(identity.key(), opened);
    return opened;
  }

  /**
   * Makes it for those that the mapped file is for: who may read that may ask for locks, and who
   * may write to it may lock. Nobody can have a lock on a file that did not exist, so closing this
   * channel drops none.
   */
  private static void create(final Path path, final Path file) throws IOException {
    final Path beside = FileCreator.beside(file);
    try {
      Files.createFile(beside, FileCreator.ownerOnly());
      FaultPoint.reached("create file");
      final PosixFileAttributes mapped = Files.readAttributes(file, PosixFileAttributes.class);
      share(beside, mapped);
      Files.setPosixFilePermissions(beside, mapped.permissions());
      Files.createLink(path, beside);
      FaultPoint.reached("link");
    } catch (final FileAlreadyExistsException e) {
      // As it should be.
    } finally {
      Files.deleteIfExists(beside);
      FaultPoint.reached("delete");
    }
  }

  /** Gives it to the owner and group of the mapped file, as far as this process may. */
  private static void share(final Path path, final PosixFileAttributes mapped) throws IOException {
    final PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class);
    final PosixFileAttributes own = view.readAttributes();
    try {
      if (!own.group().equals(mapped.group())) {
        view.setGroup(mapped.group());
      }
      if (!own.owner().equals(mapped.owner())) {
        view.setOwner(mapped.owner());
      }
    } catch (final IOException e) {
      // Only root may give files away.
    }
  }

  /** Of the file itself, not of one that a link names; null if there is none. */
  private static Identity identity(final Path path) throws IOException {
    try {
      final Map<String, Object> attributes =
          Files.readAttributes(
              path, "unix:fileKey,ino,isRegularFile,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
      if (!attributes.get("isRegularFile").equals(true)) {
        throw new IOException(path + " is no regular file; delete it");
      }
      return new Identity(
          attributes.get("fileKey"),
          ((Number) attributes.get("ino")).longValue(),
          ((FileTime) attributes.get("lastModifiedTime")).toMillis());
    } catch (final NoSuchFileException e) {
      return null;
    }
  }

  /** The number that no other file beside the mapped one has while anybody has this one open. */
  long inode() {
    return identity.inode();
  }

  /** Whether whoever is alive has had the time to lock this file, should it be a new one. */
  boolean isSettled() {
    return Math.abs(System.currentTimeMillis() - identity.madeMillis()) >= SETTLING_MILLIS;
  }

  /** Gives a lock back. */
  static void release(final FileLock lock) throws IOException {
    try {
      PendingFault.tell(); // or this might be broken off
    } finally {
      lock.release();
    }
    FaultPoint.reached("unlock");
  }

  /** Whether a lock is one on this file. */
  boolean has(final FileLock lock) {
    return lock.channel() == channel;
  }

  /**
   * Tries to become the one that makes the file grow.
   *
   * @return null if somebody else is at it
   */
  FileLock tryLockGrowth() throws IOException {
    try {
      final FileLock lock = ask(GROWTH, 1, false);
      if (lock != null) {
        FaultPoint.reached("lock");
      }
      return lock;
    } catch (final OverlappingFileLockException e) {
      // Somebody else in this JVM: another class loader, or a backend that is just being closed.
      return null;
    }
  }

  /** Until when who begins now to open a file waits for others, by {@link System#nanoTime}. */
  static long latest() {
    return System.nanoTime() + MAX_WAIT_NANOS;
  }

  /**
   * Locks the byte of those who open the mapped file; waits for the others.
   *
   * @param deadline as {@link #latest} gave it
   * @throws NarthexException if that takes longer
   */
  FileLock awaitAttach(final Path file, final boolean shared, final long deadline)
      throws IOException {
    while (true) {
      final FileLock lock = tryLock(ATTACH, 1, shared);
      if (lock != null) {
        FaultPoint.reached("lock");
        return lock;
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new NarthexException(
            "cannot open "
                + file
                + ": another process has been opening it for "
                + TimeUnit.NANOSECONDS.toSeconds(MAX_WAIT_NANOS)
                + " s; it may be stopped: let it go on, or end it");
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  /**
   * Whether anybody who uses the mapped file, of whatever layout, has a lock; waits until those who
   * are alive have had the time to take theirs.
   */
  boolean isInUse() throws IOException {
    while (true) {
      final boolean settled = isSettled();
      try (FileLock lock = tryLock(FIRST_INCARNATION, Long.MAX_VALUE - FIRST_INCARNATION, false)) {
        if (lock == null) {
          return true;
        }
      }
      if (settled) {
        return false;
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  /** Gives the lock file of a mapped file that file's mode, as far as this process may. */
  static void permit(final Path file, final Set<PosixFilePermission> permissions) {
    try {
      Files.setPosixFilePermissions(beside(file), permissions);
    } catch (final IOException e) {
      // It is another user's, who gave it the mode that it has.
    }
  }

  /**
   * Asks behind {@link PendingFault}: an error that came after the kernel's answer would leave it
   * locked, with nobody to release it.
   */
  private FileLock ask(final long at, final long length, final boolean shared) throws IOException {
    PendingFault.tell();
    return channel.tryLock(at, length, shared);
  }

  private synchronized FileLock tryLock(final long at, final long length, final boolean shared)
      throws IOException {
    try {
      return ask(at, length, shared);
    } catch (final OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Locks a byte.
   *
   * @return null if somebody has it
   */
  synchronized FileLock tryLock(final long at) throws IOException {
    try {
      final FileLock lock = ask(at, 1, false);
      if (lock != null) {
        FaultPoint.reached("lock");
      }
      return lock;
    } catch (final OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Whether somebody has locked a byte. Asked by a shared lock, which two who ask at once can both
   * have; one after the other in a JVM, where two would be in each other's way.
   */
  synchronized boolean isLocked(final long at) throws IOException {
    try (FileLock lock = ask(at, 1, true)) {
      return lock == null;
    } catch (final OverlappingFileLockException e) {
      return true; // this JVM has it
    }
  }

  /**
   * Which file it is.
   *
   * @param madeMillis when it was last modified, which is when it was made, as it stays empty
   */
  private record Identity(Object key, long inode, long madeMillis) {}
}
