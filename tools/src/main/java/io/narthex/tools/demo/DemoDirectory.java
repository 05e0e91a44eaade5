package io.narthex.tools.demo;

import io.narthex.NarthexException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * A private directory that holds the mapped file and all that stands beside it, so that one
 * deletion leaves nothing behind. It is in memory where there is {@code /dev/shm}.
 *
 * <p>A demo holds a kernel lock in its directory for as long as it lives. Directories whose lock is
 * free are a killed demo's: the next one deletes them. A pid could be taken again, or belong to
 * another container.
 */
final class DemoDirectory implements AutoCloseable {
  private static final String PREFIX = "narthex-demo-";
  private static final String OWNER = "owner";
  private static final Duration ABANDONED = Duration.ofMinutes(1);

  private final Path path;
  private final FileChannel owner;

  private DemoDirectory(final Path path, final FileChannel owner) {
    this.path = path;
    this.owner = owner;
  }

  /**
   * Makes a new one, and deletes those of killed demos.
   *
   * @throws NarthexException if it cannot be made
   */
  static DemoDirectory create() {
    final Path parent = parent();
    sweep(parent);
    try {
      final Path path =
          Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-");
      final Path unlocked = path.resolve(OWNER + ".new");
      final FileChannel owner =
          FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      owner.lock();
      // Under its own name it is never seen without the lock.
      Files.move(unlocked, path.resolve(OWNER));
      return new DemoDirectory(path, owner);
    } catch (final IOException e) {
      throw new NarthexException("cannot make a directory in " + parent + ": " + e, e);
    }
  }

  Path file() {
    return path.resolve("demo.nx");
  }

  @Override
  public void close() {
    delete(path);
    try {
      owner.close();
    } catch (final IOException e) {
      // The lock goes with the process at the latest.
    }
  }

  /** Deletes a directory that has no others in it; others may do the same meanwhile. */
  static void delete(final Path directory) {
    try {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (final Path entry : entries) {
          Files.deleteIfExists(entry);
        }
      }
      Files.deleteIfExists(directory);
    } catch (final IOException e) {
      // Somebody was faster, or is still at it and deletes the rest.
    }
  }

  private static Path parent() {
    final Path memory = Path.of("/dev/shm");
    return Files.isDirectory(memory) && Files.isWritable(memory)
        ? memory
        : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static void sweep(final Path parent) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (final Path directory : found) {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && isAbandoned(directory)) {
          delete(directory);
        }
      }
    } catch (final IOException e) {
      // It is only a courtesy.
    }
  }

  private static boolean isAbandoned(final Path directory) {
    try (FileChannel owner = FileChannel.open(directory.resolve(OWNER), StandardOpenOption.WRITE)) {
      return owner.tryLock() != null;
    } catch (final NoSuchFileException e) {
      return isOld(directory); // a new one has no owner yet
    } catch (final IOException | OverlappingFileLockException e) {
      return false; // another user's, or this very process's
    }
  }

  private static boolean isOld(final Path directory) {
    try {
      return Files.getLastModifiedTime(directory)
          .toInstant()
          .isBefore(Instant.now().minus(ABANDONED));
    } catch (final IOException e) {
      return false;
    }
  }
}
