package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Refuses to count into a file that somebody else may have laid there: whose owner is another user,
 * or whose path is a symbolic link, which in a directory that all may write to leads wherever its
 * maker likes. Links in the directories above are as good as those directories. The lock file is
 * looked at in the same way: whoever owns it says who is alive, and who may make the file grow.
 *
 * @param otherOwner whether a file of another owner is fine
 * @param symbolicLink whether a symbolic link is fine
 */
record AccessCheck(boolean otherOwner, boolean symbolicLink) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String USERS = "Uid:";

  /** The real, effective, saved and file-system user, of which files have the last one. */
  private static final int FILE_USER = 4;

  /**
   * Checks a file that is to be opened for counting.
   *
   * @throws NoSuchFileException if there is none
   * @throws NarthexException if it is refused
   */
  void check(final Path path) throws IOException {
    if (!symbolicLink && Files.isSymbolicLink(path)) {
      throw new NarthexException(
          path
              + " is a symbolic link to "
              + Files.readSymbolicLink(path)
              + "; open the file by its own path, or allow the link with allowSymbolicLinks()");
    }
    if (!otherOwner) {
      checkOwner(path);
    }
    checkLockFile(LockFile.beside(path.toRealPath()));
  }

  /** The lock file need not be there; a link is never one that this engine made. */
  private void checkLockFile(final Path lock) throws IOException {
    if (Files.isSymbolicLink(lock)) {
      throw new NarthexException(
          lock
              + " is a symbolic link to "
              + Files.readSymbolicLink(lock)
              + "; delete it, as the lock file has to be a file of its own");
    }
    if (!otherOwner) {
      try {
        checkOwner(lock);
      } catch (final NoSuchFileException e) {
        // It will be made.
      }
    }
  }

  private static void checkOwner(final Path path) throws IOException {
    final Object owner = Files.getAttribute(path, "unix:uid");
    final Integer self = user(path);
    if (!self.equals(owner)) {
      throw new NarthexException(
          path
              + " belongs to user "
              + owner
              + ", and this process is user "
              + self
              + "; run both as one user, choose another path, or, if that user is trusted, allow it"
              + " with allowOtherOwner()");
    }
  }

  private static Integer user(final Path path) {
    String why = STATUS + " does not tell";
    try {
      for (final String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(USERS)) {
          return Integer.valueOf(line.split("\\s+", -1)[FILE_USER]);
        }
      }
    } catch (final IOException | NumberFormatException e) {
      why = e.getMessage(); // such as that there are too many open files
    }
    throw new NarthexException(
        "cannot tell as which user this process opens "
            + path
            + ": "
            + why
            + "; if its owner is trusted, allow it with allowOtherOwner()");
  }
}
