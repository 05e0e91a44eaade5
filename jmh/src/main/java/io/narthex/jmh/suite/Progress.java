package io.narthex.jmh.suite;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells how far a run is. What remains is guessed from how long the steps that are done took,
 * beside how long they were expected to.
 */
final class Progress {
  /** Before so much is done, its time says little of the rest. */
  private static final double TRUSTED_SECONDS = 30;

  private final PrintStream out;
  private final int steps;
  private final double expected;
  private final long started = System.nanoTime();
  private int step;
  private double done;

  Progress(final PrintStream out, final int steps, final double expectedSeconds) {
    this.out = out;
    this.steps = steps;
    this.expected = expectedSeconds;
  }

  /** A step begins. */
  void begin(final Step next) {
    step++;
    out.printf(
        Locale.ROOT,
        "[%d/%d] %s   %s gone, about %s left%n",
        step,
        steps,
        next.title(),
        clock(elapsed()),
        clock(remaining()));
    out.flush();
  }

  /** What a step tells. */
  void says(final String line) {
    out.println("        " + line);
    out.flush();
  }

  /** A step has ended. */
  void end(final Step last) {
    done += last.expectedSeconds();
  }

  /** Seconds since the beginning. */
  long elapsed() {
    return Duration.ofNanos(System.nanoTime() - started).toSeconds();
  }

  private long remaining() {
    final double pace = done < TRUSTED_SECONDS ? 1 : elapsed() / done;
    return Math.round((expected - done) * pace);
  }

  private static String clock(final long seconds) {
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }
}
