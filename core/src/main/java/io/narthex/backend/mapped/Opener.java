package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import io.narthex.backend.EngineLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens a file for counting, and replaces it first where its options say so.
 *
 * <p>Whoever opens holds a lock from before it opens the file until it has its row in the process
 * table: a shared one, or, if it may replace the file, an exclusive one, from its look at who is
 * alive until it has its own row in the fresh file. So nobody can attach to a file that is being
 * replaced, and whoever comes next finds the one who replaced it alive.
 */
final class Opener {
  private static final EngineLog LOG = EngineLog.of(Opener.class);

  private final Path path;
  private final MappedOptions options;
  private final Lifecycle lifecycle;

  /** From here on, so that who waited behind another thread of this JVM does not wait twice. */
  private final long deadline = LockFile.latest();

  Opener(final Path path, final MappedOptions options, final Lifecycle lifecycle) {
    this.path = path;
    this.options = options;
    this.lifecycle = lifecycle;
  }

  /**
   * Opens the file.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  MappedStore open() throws IOException {
    final Path real = path.toRealPath();
    try (IoThread thread = new IoThread("narthex open " + real.getFileName())) {
      return thread.call(
          () -> {
            if (lifecycle.whenUnused() == WhenUnused.RESET) {
              return replaceOrOpen(real, deadline);
            }
            try {
              return attach(real);
            } catch (final UnusableFileException e) {
              if (lifecycle.whenIncompatible() == WhenIncompatible.FAIL) {
                throw e;
              }
              return replaceOrOpen(real, deadline + LockFile.MAX_WAIT_NANOS);
            }
          });
    }
  }

  private MappedStore attach(final Path real) throws IOException {
    final LockFile locks;
    try {
      locks = LockFile.of(real);
    } catch (final IOException e) {
      // Gauges of this process have no place then, which the store says; its counters work.
      return MappedStore.open(path, true);
    }
    final FileLock lock = locks.awaitAttach(real, true, deadline);
    try {
      return MappedStore.open(path, true);
    } finally {
      LockFile.release(lock);
    }
  }

  private MappedStore replaceOrOpen(final Path real, final long until) throws IOException {
    final LockFile locks = LockFile.of(real);
    final FileLock lock = locks.awaitAttach(real, false, until);
    try {
      if (isToBeReplaced(real, locks)) {
        FileCreator.replace(real, options);
        LockFile.permit(real, options.permissions());
        LOG.log(Level.INFO, "{0} was unused and was replaced by a fresh file", real);
      }
      return MappedStore.open(path, true);
    } finally {
      LockFile.release(lock);
    }
  }

  /** Waits, if the lock file is new, until those who are alive have had the time to lock it. */
  private static boolean isDeserted(final Processes processes) throws IOException {
    Liveness alive = processes.look();
    while (!alive.isCertain()) {
      LockSupport.parkNanos(LockFile.RETRY_NANOS);
      alive = processes.look();
    }
    return alive.count() == 0;
  }

  private boolean isToBeReplaced(final Path real, final LockFile locks) throws IOException {
    final Object key = FileWatch.keyOf(real);
    try (FileIo io = FileIo.open(real, true)) {
      final Header header =
          Header.parse(path, io.read(0, HeaderDescriptor.LENGTH), Files.size(real));
      final Mapping fixed = io.map(0, HeaderDescriptor.FIRST_SEGMENT_AT);
      final Processes processes = new Processes(io, new FileId(key, header.seed()), fixed);
      return lifecycle.whenUnused() == WhenUnused.RESET
          && processes.table().wasUsed()
          && isDeserted(processes);
    } catch (final UnusableFileException e) {
      if (lifecycle.whenIncompatible() == WhenIncompatible.FAIL) {
        throw e;
      }
      if (locks.isInUse()) {
        throw new NarthexException(
            e.getMessage()
                + "; it is not replaced, as a living process has locks on "
                + real
                + ".lock: end what uses the file",
            e);
      }
      return true;
    }
  }
}
