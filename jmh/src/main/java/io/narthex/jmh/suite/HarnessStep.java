package io.narthex.jmh.suite;

import io.narthex.jmh.results.Point;
import java.util.List;
import java.util.function.Consumer;

/** A part that JMH does not run: processes of its own, percentiles, memory. */
record HarnessStep(String title, double expectedSeconds, Harness harness) implements Step {
  @Override
  public void run(final Consumer<Point> keep, final Consumer<String> says) throws Exception {
    harness.measure(says).forEach(keep);
  }

  /** Measures, and tells meanwhile. */
  @FunctionalInterface
  interface Harness {
    List<Point> measure(Consumer<String> says) throws Exception;
  }
}
