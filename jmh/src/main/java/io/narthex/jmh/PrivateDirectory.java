package io.narthex.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory in memory for one mapped file and what stands beside it. It is deleted too when the
 * JVM is ended by a signal: nobody else would give that memory back.
 */
public final class PrivateDirectory implements AutoCloseable {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /** While a JVM ends, its other threads go on, and may make a file meanwhile. */
  private static final int ATTEMPTS = 10;

  private final Path path;
  private final Thread hook = new Thread(this::deleteAtEnd, "private-directory");

  /** Makes an empty one, in shared memory where there is such. */
  public PrivateDirectory() throws IOException {
    path =
        Files.isDirectory(SHARED_MEMORY)
            ? Files.createTempDirectory(SHARED_MEMORY, "narthex-jmh")
            : Files.createTempDirectory("narthex-jmh");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (final IllegalStateException e) {
      // The JVM ends already.
      delete();
      throw e;
    }
  }

  /** Where the mapped file goes; nobody has made it yet. */
  public Path file() {
    return path.resolve("metrics.nx");
  }

  /** Deletes it with all that is in it. */
  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (final IllegalStateException e) {
      return; // the JVM ends, and the hook does it
    }
    delete();
  }

  private void delete() throws IOException {
    final List<Path> left;
    try (Stream<Path> files = Files.list(path)) {
      left = files.toList();
    }
    for (final Path file : left) {
      Files.deleteIfExists(file);
    }
    Files.delete(path);
  }

  private void deleteAtEnd() {
    IOException last = null;
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        delete();
        return;
      } catch (final IOException e) {
        last = e;
      }
    }
    System.err.println("cannot delete " + path + ": " + last);
  }
}
