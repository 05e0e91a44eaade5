package io.narthex.tools.demo;

import io.narthex.tools.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A demo in a JVM of its own, as a shell would start it; closing it leaves no process behind. */
final class DemoProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final InputStream said;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;
  private final CountDownLatch ended = new CountDownLatch(1);

  DemoProcess(final String... args) throws IOException {
    this(null, args);
  }

  /** One whose standard output goes to a file; the lines are what it says on standard error. */
  static DemoProcess writingTo(final Path output, final String... args) throws IOException {
    return new DemoProcess(output, args);
  }

  private DemoProcess(final Path output, final String... args) throws IOException {
    final List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo"));
    command.addAll(List.of(args));
    final ProcessBuilder builder = new ProcessBuilder(command);
    if (output == null) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectOutput(output.toFile());
    }
    process = builder.start();
    said = output == null ? process.getInputStream() : process.getErrorStream();
    reader = new Thread(this::read, "demo-output");
    reader.setDaemon(true);
    reader.start();
  }

  long pid() {
    return process.pid();
  }

  /** Sends a signal by its name, such as {@code INT}. */
  void signal(final String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  /** Waits for the first line that begins so, and returns the rest of it. */
  String awaitLine(final String beginning) throws InterruptedException {
    final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      for (final String line : lines()) {
        if (line.startsWith(beginning)) {
          return line.substring(beginning.length());
        }
      }
      if (ended.await(20, TimeUnit.MILLISECONDS) && noLine(beginning)) {
        break;
      }
    }
    throw new AssertionError("no line begins with '" + beginning + "' in " + lines());
  }

  private boolean noLine(final String beginning) {
    return lines().stream().noneMatch(line -> line.startsWith(beginning));
  }

  /** Waits for the end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the demo does not end: " + lines());
    }
    ended.await();
    return process.exitValue();
  }

  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  String lastLine() {
    final List<String> all = lines();
    return all.isEmpty() ? "" : all.get(all.size() - 1);
  }

  /** What this demo has left in the places where it may keep files. */
  List<Path> leftBehind() throws IOException {
    final List<Path> found = new ArrayList<>();
    for (final Path place :
        List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
      if (Files.isDirectory(place)) {
        try (DirectoryStream<Path> entries =
            Files.newDirectoryStream(place, "narthex-demo-" + pid() + "-*")) {
          entries.forEach(found::add);
        }
      }
    }
    return found;
  }

  @Override
  public void close() {
    final List<ProcessHandle> workers = process.descendants().toList();
    process.destroyForcibly();
    try {
      // Workers whose parent is gone clear up: they are given the time.
      for (final ProcessHandle worker : workers) {
        worker.onExit().get(10, TimeUnit.SECONDS);
      }
    } catch (final InterruptedException | ExecutionException | TimeoutException e) {
      workers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(said, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
      }
    } catch (final IOException e) {
      // It was killed.
    } finally {
      ended.countDown();
    }
  }

  /** The numbers of a line such as {@code answered=3 counted=4}. */
  static Map<String, Long> numbers(final String line) {
    final Map<String, Long> numbers = new HashMap<>();
    for (final String pair : line.split(" ", -1)) {
      final int equals = pair.indexOf('=');
      numbers.put(pair.substring(0, equals), Long.parseLong(pair.substring(equals + 1)));
    }
    return numbers;
  }
}
