package io.narthex.stress.harness;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.function.Supplier;

/** Skips a test where it cannot be run, and says so: a build prints no reason by itself. */
public final class Skip {
  private Skip() {}

  /** Goes on only if that is so. */
  public static void unless(final boolean possible, final Supplier<String> reason) {
    if (!possible) {
      throw because(reason.get());
    }
  }

  /** Ends the test that is being run; throws, so that callers need no way on. */
  public static RuntimeException because(final String reason) {
    System.out.println("skipped: " + reason);
    return abort(reason);
  }
}
