package io.narthex.stress.run;

import java.io.PrintStream;
import java.util.Locale;

/** Tells how far a run is, and what it has shown. */
final class Progress {
  /** Before so much is done, its time says little of the rest. */
  private static final double TRUSTED_SECONDS = 60;

  private final PrintStream out;
  private final int classes;
  private final double expected;
  private final long started = System.nanoTime();
  private int begun;
  private double done;

  Progress(final PrintStream out, final int classes, final double expectedSeconds) {
    this.out = out;
    this.classes = classes;
    this.expected = expectedSeconds;
  }

  void begin(final String test) {
    begun++;
    final long elapsed = (System.nanoTime() - started) / 1_000_000_000;
    final double pace = done < TRUSTED_SECONDS ? 1 : elapsed / done;
    out.printf(
        Locale.ROOT,
        "[%d/%d] %s   %s gone, about %s left%n",
        begun,
        classes,
        test,
        Clock.text(elapsed),
        Clock.text(Math.round((expected - done) * pace)));
    out.flush();
  }

  void end(final Outcome outcome, final double expectedSeconds) {
    done += expectedSeconds;
    out.printf(
        Locale.ROOT,
        "        %s, %d tests in %s   %s%n",
        outcome.verdict(),
        outcome.tests(),
        Clock.text(outcome.seconds()),
        outcome.told());
    out.flush();
  }
}
