package io.narthex.backend.mapped;

import io.narthex.backend.EngineLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a process that counts into a file looks after every second, on the file's thread: it shows
 * that it is there, and notices if the file has lost its name. Whoever counts goes on with the old
 * file then; nobody who comes later can see it.
 */
final class FileWatch implements Runnable {
  /** Time between two looks. */
  static final long MILLIS = 1_000;

  private static final EngineLog LOG = EngineLog.of(FileWatch.class);

  private final Path path;
  private final FileId id;
  private final Processes processes;
  private volatile boolean unlinked;

  FileWatch(final Path path, final FileId id, final Processes processes) {
    this.path = path;
    this.id = id;
    this.processes = processes;
  }

  /** Whether the file was deleted, or another one has its name. */
  boolean isUnlinked() {
    return unlinked;
  }

  @Override
  public void run() {
    // First, as nothing has been touched as yet whose fault might break off what is logged.
    if (!unlinked && !isThere(path, id)) {
      unlinked = true;
      LOG.log(
          Level.WARNING,
          "{0} was deleted or replaced while this process counts into it: what it counts can be"
              + " seen by nobody who opens the path now; restart it",
          path);
    }
    processes.beat();
  }

  /** Whether a path still names a file; also if that cannot be told. */
  private static boolean isThere(final Path path, final FileId id) {
    try {
      return id.key().equals(keyOf(path));
    } catch (final NoSuchFileException e) {
      return false;
    } catch (final IOException e) {
      return true;
    }
  }

  static Object keyOf(final Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
