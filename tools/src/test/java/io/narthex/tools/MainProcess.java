package io.narthex.tools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The command in a JVM of its own, as a shell would start it; closing it ends it. */
public final class MainProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final CompletableFuture<String> out;
  private final CompletableFuture<String> err;

  private MainProcess(final Process process) {
    this.process = process;
    this.out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
    this.err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
  }

  /** Starts the command. */
  public static MainProcess start(final String... args) throws IOException {
    final List<String> command = new ArrayList<>(commandLine());
    command.addAll(List.of(args));
    return new MainProcess(new ProcessBuilder(command).start());
  }

  /** What to put before the arguments. */
  public static List<String> commandLine() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "--add-opens",
        "java.base/jdk.internal.misc=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }

  private static String text(final InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (final IOException e) {
      return "";
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Sends a signal by its name, such as {@code TERM}. */
  public void signal(final String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  /** All of standard output, once it has ended. */
  public String out() {
    return out.join();
  }

  /** All of standard error, once it has ended. */
  public String err() {
    return err.join();
  }

  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
