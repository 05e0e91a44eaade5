package io.narthex.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory in memory for one mapped file and what stands beside it. */
public final class PrivateDirectory implements AutoCloseable {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Path path;

  /** Makes an empty one, in shared memory where there is such. */
  public PrivateDirectory() throws IOException {
    path =
        Files.isDirectory(SHARED_MEMORY)
            ? Files.createTempDirectory(SHARED_MEMORY, "narthex-jmh")
            : Files.createTempDirectory("narthex-jmh");
  }

  /** Where the mapped file goes; nobody has made it yet. */
  public Path file() {
    return path.resolve("metrics.nx");
  }

  /** Deletes it with all that is in it. */
  @Override
  public void close() throws IOException {
    final List<Path> left;
    try (Stream<Path> files = Files.list(path)) {
      left = files.toList();
    }
    for (final Path file : left) {
      Files.delete(file);
    }
    Files.delete(path);
  }
}
