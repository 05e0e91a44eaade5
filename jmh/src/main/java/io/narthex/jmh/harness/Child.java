package io.narthex.jmh.harness;

import io.narthex.jmh.ForkFlags;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A child JVM as its parent sees it: told by lines, and answering by lines. */
final class Child implements AutoCloseable {
  private static final long END_SECONDS = 5;

  /** As many lines of what went wrong as help. */
  private static final int NOTES = 20;

  private final String name;
  private final Process process;
  private final Thread reader;

  /** Ends with an empty one. */
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

  /** What it said otherwise, such as why it died; under its own lock. */
  private final List<String> notes = new ArrayList<>();

  private Child(final String name, final Process process) {
    this.name = name;
    this.process = process;
    this.reader = new Thread(this::listen, "output-of-" + name);
    reader.setDaemon(true);
  }

  /**
   * Starts one with the flags that all share.
   *
   * @param name for messages
   * @param flags further ones of the JVM
   * @param main listens by {@link Parent}
   */
  static Child start(
      final String name, final List<String> flags, final Class<?> main, final String... args)
      throws IOException {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(ForkFlags.AGRONA);
    // Or a JVM that is killed leaves a file behind.
    command.add("-XX:-UsePerfData");
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    final Child child =
        new Child(name, new ProcessBuilder(command).redirectErrorStream(true).start());
    child.reader.start();
    return child;
  }

  /** Says something; a child that has ended is noticed when it is asked for its answer. */
  void tell(final String line) {
    try {
      final OutputStream in = process.getOutputStream();
      in.write((line + '\n').getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (final IOException e) {
      note(e.toString());
    }
  }

  /**
   * Waits for its next answer.
   *
   * @throws IllegalStateException if it ends without one, or takes longer than the limit
   */
  String answer(final Duration limit) throws InterruptedException {
    final Optional<String> answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw new IllegalStateException(
          name + " did not answer within " + limit.toSeconds() + " s" + notes());
    }
    if (answer.isEmpty()) {
      answers.add(answer);
      throw new IllegalStateException(
          name + " ended too early, with code " + process.waitFor() + notes());
    }
    return answer.get();
  }

  /** Waits for that answer and no other. */
  void await(final String wanted, final Duration limit) throws InterruptedException {
    final String answer = answer(limit);
    if (!answer.equals(wanted)) {
      throw new IllegalStateException(name + " said " + answer + ", not " + wanted);
    }
  }

  /** Ends it. The end of its input is enough, unless it hangs. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (final IOException e) {
      note(e.toString());
    }
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (final InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(Charset.defaultCharset())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(Parent.ANSWER)) {
          answers.add(Optional.of(line.substring(Parent.ANSWER.length())));
        } else if (!line.startsWith("Picked up ")) { // the JVM, of JAVA_TOOL_OPTIONS
          note(line);
        }
      }
    } catch (final IOException e) {
      note(e.toString());
    }
    answers.add(Optional.empty());
  }

  private void note(final String line) {
    synchronized (notes) {
      if (notes.size() < NOTES) {
        notes.add(line);
      }
    }
  }

  private String notes() {
    synchronized (notes) {
      return notes.isEmpty() ? "" : ": " + String.join("\n", notes);
    }
  }
}
