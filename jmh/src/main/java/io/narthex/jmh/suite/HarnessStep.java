package io.narthex.jmh.suite;

import io.narthex.jmh.results.Point;
import java.util.List;
import java.util.function.Consumer;

/** A part that JMH does not run: processes of its own, percentiles, memory. */
record HarnessStep(String title, double expectedSeconds, Harness harness) implements Step {
  @Override
  public List<Point> run(final Consumer<String> says) throws Exception {
    return harness.measure(says);
  }

  /** Measures, and tells meanwhile. */
  @FunctionalInterface
  interface Harness {
    List<Point> measure(Consumer<String> says) throws Exception;
  }
}
