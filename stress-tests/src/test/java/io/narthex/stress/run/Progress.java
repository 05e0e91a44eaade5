package io.narthex.stress.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;

/**
 * Tells how far a run is, and what it has shown; now and then also during a class, as some take an
 * hour.
 */
final class Progress implements AutoCloseable {
  /** Before so much is done, its time says little of the rest. */
  private static final double TRUSTED_SECONDS = 60;

  private final PrintStream out;
  private final int classes;
  private final double expected;
  private final long started = System.nanoTime();
  private final Timer reminder = new Timer("progress", true);
  private int begun;
  private double done;

  /** Null between two classes. */
  private String current;

  private double currentExpected;
  private long currentStarted;

  Progress(
      final PrintStream out,
      final int classes,
      final double expectedSeconds,
      final Duration every) {
    this.out = out;
    this.classes = classes;
    this.expected = expectedSeconds;
    final TimerTask reminding =
        new TimerTask() {
          @Override
          public void run() {
            remind();
          }
        };
    reminder.schedule(reminding, every.toMillis(), every.toMillis());
  }

  synchronized void begin(final String test, final double expectedSeconds) {
    begun++;
    current = test;
    currentExpected = expectedSeconds;
    currentStarted = System.nanoTime();
    final long elapsed = secondsSince(started);
    final double pace = done < TRUSTED_SECONDS ? 1 : elapsed / done;
    tell(
        "[%d/%d] %s   %s gone, about %s left%n",
        begun,
        classes,
        test,
        Clock.text(elapsed),
        Clock.text(Math.round((expected - done) * pace)));
  }

  private synchronized void remind() {
    if (current != null) {
      tell(
          "        %s for %s, of about %s%n",
          current,
          Clock.text(secondsSince(currentStarted)),
          Clock.text(Math.round(currentExpected)));
    }
  }

  synchronized void end(final Outcome outcome) {
    done += currentExpected;
    current = null;
    tell(
        "        %s, %d tests in %s   %s%n",
        outcome.verdict(), outcome.tests(), Clock.text(outcome.seconds()), outcome.told());
  }

  private void tell(final String format, final Object... arguments) {
    out.printf(Locale.ROOT, format, arguments);
    out.flush();
  }

  private static long secondsSince(final long nanoTime) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanoTime);
  }

  @Override
  public void close() {
    reminder.cancel();
  }
}
