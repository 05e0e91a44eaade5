package io.narthex.jmh.report;

import io.narthex.jmh.results.Point;

/**
 * A figure, and how far from it the truth may be.
 *
 * @param error half of its 99.9 % interval; NaN where it is not known, which carries over to all
 *     that is computed from it
 */
record Estimate(double value, double error) {
  /** Of which nobody knows how exact it is. */
  static Estimate of(final double value) {
    return new Estimate(value, Double.NaN);
  }

  static Estimate of(final Point point) {
    return new Estimate(point.value(), point.error() == null ? Double.NaN : point.error());
  }

  /** Errors of figures that have nothing to do with each other, to the first order. */
  Estimate over(final Estimate by) {
    final double ratio = value / by.value;
    return new Estimate(ratio, Math.abs(ratio) * length(error / value, by.error / by.value));
  }

  Estimate less(final Estimate cost) {
    return new Estimate(value - cost.value, length(error, cost.error));
  }

  boolean hasError() {
    return Double.isFinite(error);
  }

  /** Whether it cannot be told from that value. */
  boolean mayBe(final double other) {
    return hasError() && Math.abs(value - other) <= error;
  }

  private static double length(final double one, final double other) {
    return Math.sqrt(one * one + other * other);
  }
}
