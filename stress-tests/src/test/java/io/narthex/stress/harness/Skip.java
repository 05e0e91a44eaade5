package io.narthex.stress.harness;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.function.Supplier;

/** Skips a test where it cannot be run, and says so: a build prints no reason by itself. */
public final class Skip {
  private Skip() {}

  /** Goes on only if that is so. */
  public static void unless(final boolean possible, final Supplier<String> reason) {
    if (!possible) {
      System.out.println("skipped: " + reason.get());
      abort(reason.get());
    }
  }
}
