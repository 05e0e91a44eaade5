package io.narthex.stress.harness;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real JVM that runs a main class of the test tree. Its output is kept; its end comes at {@link
 * #close()} at the latest, by SIGKILL to its own process id. Should the test's JVM itself be
 * killed, the child notices that its standard input ends and halts; unless it is stopped at that
 * moment, which no process notices.
 */
public final class ChildJvm implements AutoCloseable {
  private static final String[] FLAG = {"--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED"};

  private static final Duration THREADS_GUARD = Duration.ofSeconds(5);

  private final Process process;
  private final Writer input;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;
  private boolean ended;

  private ChildJvm(final Process process) {
    this.process = process;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    this.reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts to describe a JVM that runs a main class. */
  static Builder running(final Class<?> main, final Object... arguments) {
    return new Builder(main, arguments);
  }

  /** Its process id; that of {@code unshare} where it was started in a namespace of its own. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Hands the child a line, which {@link ChildMain#nextCommand()} gives it. */
  public void command(final String line) {
    try {
      input.write(line + "\n");
      input.flush();
    } catch (final IOException e) {
      throw new UncheckedIOException("child " + pid() + " is gone:\n" + output(), e);
    }
  }

  /**
   * Waits for a line that begins so.
   *
   * @return the rest of the line
   * @throws AssertionError if the child ends without it, or it takes longer than the guard
   */
  public String await(final String prefix, final Duration guard) {
    return await(prefix, 1, guard);
  }

  /** The same for the n-th line that begins so. */
  public String await(final String prefix, final int n, final Duration guard) {
    final long deadline = System.nanoTime() + guard.toNanos();
    synchronized (lines) {
      int next = 0;
      int left = n;
      while (true) {
        for (; next < lines.size(); next++) {
          if (lines.get(next).startsWith(prefix) && --left == 0) {
            return lines.get(next).substring(prefix.length());
          }
        }
        final long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (ended) {
          throw new AssertionError(
              "child " + pid() + " ended without '" + prefix + "':\n" + output());
        }
        if (millis <= 0) {
          tellThreads();
          throw new AssertionError(
              "child " + pid() + " did not in time say '" + prefix + "':\n" + output());
        }
        waitForLines(millis);
      }
    }
  }

  private void waitForLines(final long millis) {
    try {
      lines.wait(millis);
    } catch (final InterruptedException e) {
      throw new AssertionError("interrupted while waiting for child " + pid(), e);
    }
  }

  /**
   * Waits for the end.
   *
   * @return the exit code, 128 + the signal's number where a signal ended it
   * @throws AssertionError if it takes longer than the guard
   */
  public int awaitExit(final Duration guard) {
    try {
      if (!process.waitFor(guard.toMillis(), TimeUnit.MILLISECONDS)) {
        tellThreads();
        throw new AssertionError("child " + pid() + " hangs:\n" + output());
      }
      reader.join(TimeUnit.SECONDS.toMillis(10));
      return process.exitValue();
    } catch (final InterruptedException e) {
      throw new AssertionError("interrupted while waiting for child " + pid(), e);
    }
  }

  /** Has a child that hangs write what its threads are at, as a JVM does on SIGQUIT. */
  private void tellThreads() {
    if (!process.isAlive()) {
      return;
    }
    signal("QUIT");
    final long deadline = System.nanoTime() + THREADS_GUARD.toNanos();
    synchronized (lines) {
      while (!ended && lines.stream().noneMatch(line -> line.startsWith("JNI global ref"))) {
        final long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
          return; // it stands still, or is too busy
        }
        waitForLines(millis);
      }
    }
  }

  /** Sends SIGKILL and waits until the process is gone. */
  public int kill() {
    process.destroyForcibly();
    return awaitExit(Duration.ofSeconds(30));
  }

  /** Sends a signal such as {@code STOP}. */
  public void signal(final String name) {
    try {
      final Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("kill -" + name + " " + pid() + " failed");
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    } catch (final InterruptedException e) {
      throw new AssertionError("interrupted while signalling child " + pid(), e);
    }
  }

  /** All that it wrote until now, errors included. */
  public String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** Kills it if it still lives. */
  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        add(line);
      }
    } catch (final IOException e) {
      add("(its output broke off: " + e.getMessage() + ")");
    } finally {
      synchronized (lines) {
        ended = true;
        lines.notifyAll();
      }
    }
  }

  private void add(final String line) {
    synchronized (lines) {
      lines.add(line);
      lines.notifyAll();
    }
  }

  /** The choices for a child; {@link Stage#start} starts it. */
  public static final class Builder {
    private final Class<?> main;
    private final Object[] arguments;
    private final List<String> prefix = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private String classPath = System.getProperty("java.class.path");
    private boolean flag = true;
    private File directory;

    private Builder(final Class<?> main, final Object... arguments) {
      this.main = main;
      this.arguments = arguments;
    }

    /** Starts it without the flag that opens memory to Agrona. */
    public Builder withoutFlag() {
      this.flag = false;
      return this;
    }

    /** Puts a command before {@code java}, one that replaces itself by what follows it. */
    public Builder behind(final String... command) {
      prefix.addAll(List.of(command));
      return this;
    }

    /** Adds an option of the JVM. */
    public Builder option(final String option) {
      options.add(option);
      return this;
    }

    /** Replaces the class path, which is otherwise the one of this JVM. */
    public Builder classPath(final List<Path> entries) {
      this.classPath =
          String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
      return this;
    }

    /** Runs it in a directory, which is otherwise the one of this JVM. */
    public Builder in(final Path workingDirectory) {
      this.directory = workingDirectory.toFile();
      return this;
    }

    ChildJvm start() {
      final List<String> command = new ArrayList<>(prefix);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      if (flag) {
        command.addAll(List.of(FLAG));
      }
      // No performance data: it would be one more file that a limit on files can hit.
      command.addAll(List.of("-XX:-UsePerfData", "-Xshare:auto", "-XX:+UseSerialGC", "-Xmx512m"));
      // A crash is to tell itself here, and to leave nothing behind.
      command.addAll(List.of("-XX:-CreateCoredumpOnCrash", "-XX:+ErrorFileToStdout"));
      command.addAll(options);
      command.addAll(List.of("-cp", classPath, ChildMain.class.getName(), main.getName()));
      for (final Object argument : arguments) {
        command.add(argument.toString());
      }
      try {
        return new ChildJvm(
            new ProcessBuilder(command).directory(directory).redirectErrorStream(true).start());
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
