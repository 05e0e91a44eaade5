package io.narthex.stress.harness;

import io.narthex.NarthexException;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Tries one thing after the other. A {@link NarthexException} is a right answer, any other
 * exception is not, and is told with what was being done.
 */
public final class Attempts {
  private static final int SHOWN_IN_FULL = 3;

  private final Supplier<String> what;
  private long worked;
  private long refused;
  private long wrong;

  /**
   * Begins.
   *
   * @param what with which input the next attempts are made
   */
  public Attempts(final Supplier<String> what) {
    this.what = what;
  }

  /** What may be refused. */
  @FunctionalInterface
  public interface Attempt {
    void run() throws IOException;
  }

  /** Whether it worked. */
  @SuppressWarnings("CatchAndPrintStackTrace") // the test shows the child's output
  public boolean attempt(final String step, final Attempt attempt) {
    try {
      attempt.run();
      worked++;
      return true;
    } catch (final NarthexException e) {
      refused++;
    } catch (final Exception | Error e) {
      wrong++;
      ChildMain.say("WRONG: " + what.get() + ", " + step + ": " + e);
      if (wrong <= SHOWN_IN_FULL) {
        e.printStackTrace();
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return worked + " worked, " + refused + " refused, " + wrong + " wrong";
  }
}
