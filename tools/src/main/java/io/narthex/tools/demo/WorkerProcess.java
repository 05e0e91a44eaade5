package io.narthex.tools.demo;

import io.narthex.NarthexException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A worker JVM as its parent sees it. */
final class WorkerProcess {
  /**
   * Ctrl-C goes to all processes of the terminal; the workers leave it to their parent, who first
   * lets the clients have their answers. A JVM leaves a signal alone that it finds ignored.
   */
  private static final String UNDISTURBED = "trap '' INT HUP; exec \"$@\"";

  private static final long STOP_SECONDS = 5;

  final String name;
  private final Process process;
  private final Thread reader;
  private volatile int port;

  private WorkerProcess(final String name, final Process process, final Consumer<String> notes) {
    this.name = name;
    this.process = process;
    this.reader = new Thread(() -> listen(notes), "output-of-" + name);
    reader.setDaemon(true);
  }

  /**
   * Starts a worker.
   *
   * @param notes takes what the worker says, other than its port; called by a thread of its own
   */
  static WorkerProcess start(final String name, final Path file, final Consumer<String> notes) {
    final List<String> command =
        List.of(
            "/bin/sh",
            "-c",
            UNDISTURBED,
            "narthex-worker",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens",
            "java.base/jdk.internal.misc=ALL-UNNAMED",
            "-Xmx64m",
            "-XX:+UseSerialGC",
            // Which a killed JVM would leave behind.
            "-XX:-UsePerfData",
            // Or each answer waits for the client's delayed acknowledgement.
            "-Dsun.net.httpserver.nodelay=true",
            "-cp",
            System.getProperty("java.class.path"),
            WorkerMain.class.getName(),
            file.toString(),
            name);
    try {
      final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      final WorkerProcess worker = new WorkerProcess(name, process, notes);
      worker.reader.start();
      return worker;
    } catch (final IOException e) {
      throw new NarthexException("cannot start a worker: " + e.getMessage(), e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** The port that it serves on, or 0 if it does not serve yet. */
  int port() {
    return port;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code of a dead one; 128 and more is a signal. */
  int exitCode() {
    return process.exitValue();
  }

  /** SIGKILL, and nothing before it. */
  void kill() {
    process.destroyForcibly();
  }

  /** Asks it to end. */
  void stop() {
    try (OutputStream in = process.getOutputStream()) {
      in.write(WorkerMain.ORDERLY);
    } catch (final IOException e) {
      // It has ended.
    }
  }

  /** Waits for the end of one that was asked, and makes it end if it does not. */
  void awaitEnd() {
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        kill();
        process.waitFor();
      }
      // Its last words.
      reader.join(TimeUnit.SECONDS.toMillis(1));
    } catch (final InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  private void listen(final Consumer<String> notes) {
    try (BufferedReader lines = process.inputReader(Charset.defaultCharset())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(WorkerMain.PORT)) {
          port = Integer.parseInt(line.substring(WorkerMain.PORT.length()));
        } else if (!line.startsWith("Picked up ")) { // the JVM, of JAVA_TOOL_OPTIONS
          notes.accept(name + ": " + line);
        }
      }
    } catch (final IOException e) {
      // It has ended.
    }
  }
}
