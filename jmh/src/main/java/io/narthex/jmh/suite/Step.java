package io.narthex.jmh.suite;

import io.narthex.jmh.results.Point;
import java.util.function.Consumer;

/** One part of a run that yields points. */
interface Step {
  /** What it measures, for the one who waits. */
  String title();

  /** How long it will about take; only the ratios to other steps matter. */
  double expectedSeconds();

  /**
   * Measures.
   *
   * @param keep takes each point as soon as there is it, so that it is kept whatever fails later
   * @param says takes what there is to tell meanwhile
   */
  void run(Consumer<Point> keep, Consumer<String> says) throws Exception;
}
