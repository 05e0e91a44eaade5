package io.narthex.tools.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * The name of a file that takes long to write: until it is whole it stands beside that name, under
 * one that begins with a dot, so that nobody takes it for a file of a service. Closing it deletes
 * what still stands there, and so does a signal that ends the JVM; its exit code stays the
 * signal's.
 */
public final class NewName implements AutoCloseable {
  private final Path name;
  private final Path beside;
  private final Thread hook = new Thread(this::onShutdown, "narthex-new");

  /**
   * Whether nothing may be made any more; set before the hook waits for who is making something.
   */
  private volatile boolean isEnding;

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
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (final IllegalStateException e) {
      awaitEnd();
    }
  }

  /**
   * What makes a file.
   *
   * @param <T> what it returns
   * @param <X> what it throws
   */
  @FunctionalInterface
  public interface Making<T, X extends Exception> {
    /**
     * Makes it.
     *
     * @return what came of it
     * @throws X if it cannot be made
     */
    T make() throws X;
  }

  /** Where to write. */
  public Path beside() {
    return beside;
  }

  /**
   * Runs what may make a file under this name, or the lock file of one. A signal waits for its end,
   * so that nothing is made that nobody deletes; after a signal it does not begin, and not return.
   *
   * @param making a short step
   */
  public <T, X extends Exception> T making(final Making<T, X> making) throws X {
    synchronized (hook) {
      if (!isEnding) {
        return making.make();
      }
    }
    throw awaitEnd();
  }

  /**
   * Gives the file that was written its name.
   *
   * @throws FileAlreadyExistsException if somebody made a file of that name meanwhile
   * @throws IOException if it cannot be given
   */
  public void give() throws IOException {
    making(
        () -> {
          link();
          return null;
        });
  }

  private void link() throws IOException {
    try {
      // Unlike a move it fails if there is one.
      Files.createLink(name, beside);
    } catch (final FileAlreadyExistsException e) {
      throw e;
    } catch (final UnsupportedOperationException | FileSystemException e) {
      Files.move(beside, name); // a file system without hard links
    }
  }

  /** Deletes what stands beside the name; does not return if a signal is ending the JVM. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (final IllegalStateException e) {
      // What failed, or seems to be done, is nothing to tell of: the file may be gone already.
      awaitEnd();
    }
    clear();
  }

  private void onShutdown() {
    isEnding = true;
    synchronized (hook) {
      clear();
    }
  }

  /** The JVM ends under it. */
  @SuppressWarnings("InfiniteLoopStatement")
  private static AssertionError awaitEnd() {
    while (true) {
      LockSupport.park();
    }
  }

  /** Also the lock file that a writer may have made for it. */
  private void clear() {
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
