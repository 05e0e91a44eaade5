package io.narthex.tools.top;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A real terminal without a window: a tmux server of the test's own, with one pane. */
final class Tmux implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/tmux");
  private static final long PATIENCE_SECONDS = 60;

  /** What the script writes last: nothing comes after it. */
  static final String ENDED = "ended";

  private final Path socket;

  private Tmux(final Path socket) {
    this.socket = socket;
  }

  /** Skips the test, and says why, where there is no tmux. */
  static void assumeInstalled() {
    if (!Files.isExecutable(PROGRAM)) {
      final String reason = PROGRAM + " is not installed; Debian has it as tmux";
      System.out.println("Skipped: " + reason);
      abort(reason);
    }
  }

  /**
   * Starts a shell script in a pane of that size.
   *
   * @param directory for the server's socket, whose path has to be short
   */
  static Tmux start(final Path directory, final int width, final int height, final Path script)
      throws IOException, InterruptedException {
    final Tmux tmux = new Tmux(directory.resolve("tmux"));
    tmux.run(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-x",
        Integer.toString(width),
        "-y",
        Integer.toString(height),
        "/bin/sh " + script);
    return tmux;
  }

  /** Presses keys, by the names that tmux has for them. */
  void press(final String... keys) throws IOException, InterruptedException {
    final List<String> command = new ArrayList<>(List.of("send-keys"));
    command.addAll(List.of(keys));
    run(command.toArray(new String[0]));
  }

  void resize(final int width, final int height) throws IOException, InterruptedException {
    run("resize-window", "-x", Integer.toString(width), "-y", Integer.toString(height));
  }

  /** What the pane shows. */
  String screen() throws IOException, InterruptedException {
    return run("capture-pane", "-p");
  }

  /** A property of the pane, such as {@code alternate_on}. */
  String property(final String name) throws IOException, InterruptedException {
    return run("display-message", "-p", "#{" + name + '}').trim();
  }

  /** Waits until the pane shows something, and returns all that it shows then. */
  String await(final Predicate<String> wanted) throws IOException, InterruptedException {
    final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    String screen = screen();
    while (!wanted.test(screen)) {
      if (System.nanoTime() > deadline || screen.contains(ENDED)) {
        throw new AssertionError("not what was waited for:\n" + screen);
      }
      TimeUnit.MILLISECONDS.sleep(100);
      screen = screen();
    }
    return screen;
  }

  String await(final String text) throws IOException, InterruptedException {
    return await(screen -> screen.contains(text));
  }

  private String run(final String... arguments) throws IOException, InterruptedException {
    final List<String> command =
        new ArrayList<>(List.of(PROGRAM.toString(), "-u", "-S", socket.toString()));
    command.addAll(List.of(arguments));
    final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("TMUX");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TERM", "xterm-256color");
    final Process process = builder.start();
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("tmux " + String.join(" ", arguments) + ": " + said);
    }
    return said;
  }

  @Override
  public void close() throws IOException {
    try {
      run("kill-server");
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
