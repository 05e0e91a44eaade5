package io.narthex.jmh.harness;

import io.narthex.jmh.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Path;

/** A {@link PrivateDirectory} that is deleted too when the run is broken off. */
final class Scratch implements AutoCloseable {
  private final PrivateDirectory directory = new PrivateDirectory();
  private final Thread hook = new Thread(this::delete, "scratch");

  Scratch() throws IOException {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  Path file() {
    return directory.file();
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (final IllegalStateException e) {
      return; // the JVM ends, and the hook does it
    }
    directory.close();
  }

  private void delete() {
    try {
      directory.close();
    } catch (final IOException e) {
      System.err.println("cannot delete " + directory.file().getParent() + ": " + e);
    }
  }
}
