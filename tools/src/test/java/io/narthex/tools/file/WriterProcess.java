package io.narthex.tools.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A JVM that runs {@link SampleWriter}; it ends with the test at the latest. */
final class WriterProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;

  private WriterProcess(final Process process) {
    this.process = process;
  }

  /**
   * Starts one, and waits until it has begun.
   *
   * @param what {@code all}, {@code parts} or {@code busy}
   * @param value of its gauges
   */
  static WriterProcess start(final Path file, final String what, final double value)
      throws IOException {
    final Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                SampleWriter.class.getName(),
                file.toString(),
                what,
                Double.toString(value))
            .redirectErrorStream(true)
            .start();
    final WriterProcess writer = new WriterProcess(process);
    final BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    final StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("ready")) {
        return writer;
      }
      said.append(line).append('\n');
    }
    writer.close();
    throw new AssertionError("the writer did not begin: " + said);
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the writer " + pid() + " does not end");
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a writer ended", e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
