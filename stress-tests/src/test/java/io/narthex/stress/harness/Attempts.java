package io.narthex.stress.harness;

import io.narthex.NarthexException;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Tries one thing after the other. What may be refused may throw a {@link NarthexException}; any
 * other exception is wrong, and so is this one out of what must work. It is told with what was
 * being done.
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

  /** What is tried. */
  @FunctionalInterface
  public interface Attempt {
    void run() throws IOException;
  }

  /** What is tried for what it returns. */
  @FunctionalInterface
  public interface Source<T> {
    T get() throws IOException;
  }

  /** Tries what may be refused; whether it worked. */
  public boolean attempt(final String step, final Attempt attempt) {
    return get(
            step,
            () -> {
              attempt.run();
              return true;
            })
        != null;
  }

  /** Gets what may be refused; null if it was. */
  public <T> T get(final String step, final Source<T> source) {
    try {
      final T got = source.get();
      worked++;
      return got;
    } catch (final NarthexException e) {
      refused++;
    } catch (final Exception | Error e) {
      tell(step, e);
    }
    return null;
  }

  /** Does what declares no refusal, such as an update; whether it worked. */
  public boolean mustWork(final String step, final Attempt attempt) {
    try {
      attempt.run();
      worked++;
      return true;
    } catch (final Exception | Error e) {
      tell(step, e);
      return false;
    }
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // the test shows the child's output
  private void tell(final String step, final Throwable thrown) {
    wrong++;
    ChildMain.say("WRONG: " + what.get() + ", " + step + ": " + thrown);
    if (wrong <= SHOWN_IN_FULL) {
      thrown.printStackTrace();
    }
  }

  @Override
  public String toString() {
    return worked + " worked, " + refused + " refused, " + wrong + " wrong";
  }
}
