package io.narthex.tools.demo;

import io.narthex.tools.text.Quantiles;
import java.util.Arrays;

/** The buckets of a histogram, and the quantiles that can be told from them. Immutable. */
final class Latency {
  static final Latency NONE = new Latency(new double[0], new long[1]);

  private final double[] bounds;
  private final long[] counts;

  /**
   * Takes what a scrape shows.
   *
   * @param bounds the finite bounds, strictly increasing
   * @param counts one more, not cumulative
   */
  Latency(final double[] bounds, final long[] counts) {
    if (counts.length != bounds.length + 1) {
      throw new IllegalArgumentException(bounds.length + " bounds, " + counts.length + " counts");
    }
    this.bounds = bounds;
    this.counts = counts;
  }

  long count() {
    return Arrays.stream(counts).sum();
  }

  /** Both together; the bounds must be the same, unless one of them is {@link #NONE}. */
  Latency plus(final Latency other) {
    if (this == NONE) {
      return other;
    }
    if (other == NONE) {
      return this;
    }
    final long[] sums = new long[counts.length];
    Arrays.setAll(sums, i -> counts[i] + other.counts[i]);
    return new Latency(bounds, sums);
  }

  /**
   * Estimates a quantile as PromQL's {@code histogram_quantile} does: linearly within a bucket, of
   * which the first begins at 0; what is beyond the last finite bound counts as that bound.
   *
   * @param q from 0 to 1
   * @return NaN if nothing was observed or there is no finite bound
   */
  double quantile(final double q) {
    return Quantiles.estimate(q, bounds, counts);
  }
}
