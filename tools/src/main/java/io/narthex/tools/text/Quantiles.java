package io.narthex.tools.text;

/** Quantiles as far as buckets tell them. */
public final class Quantiles {
  private Quantiles() {}

  /**
   * Estimates a quantile as PromQL's {@code histogram_quantile} does: linearly within a bucket, of
   * which the first begins at 0; what is beyond the last finite bound counts as that bound.
   *
   * @param q from 0 to 1
   * @param bounds the finite bounds, strictly increasing
   * @param counts one more, not cumulative
   * @return NaN if nothing was observed or there is no finite bound
   */
  public static double estimate(final double q, final double[] bounds, final long... counts) {
    long total = 0;
    for (final long count : counts) {
      total += count;
    }
    if (total <= 0 || bounds.length == 0) {
      return Double.NaN;
    }
    final double rank = q * total;
    long below = 0;
    int bucket = 0;
    while (bucket < bounds.length && below + counts[bucket] < rank) {
      below += counts[bucket++];
    }
    if (bucket == bounds.length) {
      return bounds[bucket - 1];
    }
    if (bucket == 0 && bounds[0] <= 0) {
      return bounds[0];
    }
    final double start = bucket == 0 ? 0 : bounds[bucket - 1];
    if (counts[bucket] == 0) {
      return start;
    }
    return start + (bounds[bucket] - start) * ((rank - below) / counts[bucket]);
  }
}
