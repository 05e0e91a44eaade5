package io.narthex.jmh.suite;

import io.narthex.jmh.results.Point;
import java.util.List;
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
   * @param says takes what there is to tell meanwhile
   */
  List<Point> run(Consumer<String> says) throws Exception;
}
