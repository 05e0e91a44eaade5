package io.narthex.backend.mapped;

import io.narthex.backend.EngineLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Says once per file that it would be better off elsewhere. */
final class FileSystems {
  private static final EngineLog LOG = EngineLog.of(FileSystems.class);
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final Set<String> COPY_ON_WRITE = Set.of("btrfs", "zfs", "bcachefs");

  private FileSystems() {}

  /** Logs what the file system of a new file means for those who count into it. */
  static void advise(final Path path) {
    final String type;
    try {
      type = Files.getFileStore(path).type().toLowerCase(Locale.ROOT);
    } catch (final IOException e) {
      return;
    }
    if (COPY_ON_WRITE.contains(type)) {
      LOG.log(
          Level.WARNING,
          "{0} is on {1}, which copies on write: room that was proved may be gone later, and the JVM"
              + " would be killed by SIGBUS; put the file into /dev/shm",
          path,
          type);
    } else if (!IN_MEMORY.contains(type)) {
      LOG.log(
          Level.INFO,
          "{0} is on {1}: updates may stall while the kernel writes pages back; /dev/shm is better",
          path,
          type);
    }
  }
}
