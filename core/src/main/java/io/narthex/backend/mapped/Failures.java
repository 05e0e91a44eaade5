package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Objects;

/** The words for what goes wrong with files. */
final class Failures {
  private Failures() {}

  /** The path, unless it cannot be a file's: a blank one would be the working directory. */
  static Path requireFile(final Path path) {
    if (Objects.requireNonNull(path, "path").toString().isBlank()) {
      throw new NarthexException(
          "the path of the file is blank: \"" + path + "\"; give one such as /dev/shm/orders.nx");
    }
    return path;
  }

  static NarthexException onOpen(final Path path, final IOException e) {
    if (Files.isDirectory(path)) {
      return new NarthexException(path + " is a directory; give the path of a file in it", e);
    }
    if (isBelowFile(path)) {
      return belowFile("open", path, e);
    }
    if (e instanceof NoSuchFileException) {
      return new NarthexException(
          path + " does not exist; start the service that writes it, or check the path", e);
    }
    if (e instanceof AccessDeniedException) {
      return new NarthexException(
          "no permission to open " + path + "; run as its owner, or change its mode", e);
    }
    return new NarthexException("cannot open " + path + ": " + reason(e), e);
  }

  static NarthexException onCreate(final Path path, final long asked, final IOException e) {
    final Path directory = path.toAbsolutePath().getParent();
    if (isBelowFile(path)) {
      return belowFile("create", path, e);
    }
    if (!Files.isDirectory(directory)) {
      return new NarthexException(
          "cannot create " + path + ": there is no directory " + directory + "; create it first",
          e);
    }
    if (e instanceof AccessDeniedException) {
      return new NarthexException(
          "cannot create " + path + ": no permission to write to " + directory, e);
    }
    if (e instanceof NotDirectoryException) {
      return new NarthexException("cannot create " + path + ": " + directory + " is a file", e);
    }
    if (e instanceof NoSuchFileException) {
      return new NarthexException(
          "cannot create "
              + path
              + ": no file can be made in "
              + directory
              + "; choose another directory, such as /dev/shm",
          e);
    }
    final boolean room = !(e instanceof FileSystemException) || reason(e).startsWith("No space");
    return new NarthexException(
        "cannot create " + path + ": " + (room ? noRoom(path, asked, e) : reason(e)), e);
  }

  /** Asked, free and what to do. */
  static String noRoom(final Path path, final long asked, final IOException e) {
    return "asked for "
        + asked
        + " bytes, "
        + free(path)
        + " are free ("
        + reason(e)
        + "); make room on the file system, raise the limit of file sizes, or in a container its"
        + " --shm-size";
  }

  private static String free(final Path path) {
    try {
      return Long.toString(Files.getFileStore(path.toAbsolutePath().getParent()).getUsableSpace());
    } catch (final IOException | SecurityException e) {
      return "an unknown number of bytes";
    }
  }

  private static String reason(final IOException e) {
    if (e instanceof FileSystemException failed) {
      // Its message would begin with the name under which the file is built.
      return failed.getReason() != null ? failed.getReason() : e.getClass().getSimpleName();
    }
    if (e.getCause() instanceof ReadOnlyFileSystemException) {
      return "read-only file system";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** The JDKs differ in what they throw for it: 25 says that there is no such file. */
  private static boolean isBelowFile(final Path path) {
    final Path parent = path.toAbsolutePath().getParent();
    return parent != null && Files.exists(parent) && !Files.isDirectory(parent);
  }

  private static NarthexException belowFile(
      final String what, final Path path, final IOException e) {
    return new NarthexException(
        "cannot "
            + what
            + " "
            + path
            + ": "
            + path.toAbsolutePath().getParent()
            + " is a file and no directory",
        e);
  }
}
