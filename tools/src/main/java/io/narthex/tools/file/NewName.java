package io.narthex.tools.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The name of a file that takes long to write: until it is whole it stands beside that name, under
 * one that begins with a dot, so that nobody takes it for a file of a service.
 */
public final class NewName {
  private final Path name;
  private final Path beside;

  /**
   * Chooses a name to write under.
   *
   * @param name what the file is to be called
   */
  public NewName(final Path name) {
    this.name = name;
    this.beside =
        name.toAbsolutePath()
            .resolveSibling(
                "."
                    + name.getFileName()
                    + "."
                    + ProcessHandle.current().pid()
                    + "-"
                    + System.nanoTime()
                    + ".new");
  }

  /** Where to write. */
  public Path beside() {
    return beside;
  }

  /**
   * Gives the file that was written its name.
   *
   * @throws FileAlreadyExistsException if somebody made a file of that name meanwhile
   * @throws IOException if it cannot be given
   */
  public void give() throws IOException {
    try {
      // Unlike a move it fails if there is one.
      Files.createLink(name, beside);
    } catch (final FileAlreadyExistsException e) {
      throw e;
    } catch (final UnsupportedOperationException | FileSystemException e) {
      Files.move(beside, name); // a file system without hard links
    }
  }

  /** Deletes what stands beside the name, and the lock file that a writer may have made for it. */
  public void clear() {
    delete(beside);
    delete(beside.resolveSibling(beside.getFileName() + ".lock"));
  }

  private static void delete(final Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (final IOException e) {
      // It costs room, and its name tells what it is.
    }
  }
}
