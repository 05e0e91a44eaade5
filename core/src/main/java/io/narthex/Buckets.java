package io.narthex;

import io.narthex.backend.Excerpt;
import java.util.Arrays;

/** The bounds of histograms. */
final class Buckets {
  /** What every Prometheus client has by default; made for seconds. */
  static final double[] CLASSIC = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  };

  /** Up to here a scan, which the processor predicts and prefetches, beats halving. */
  private static final int SCANNED = 16;

  private Buckets() {}

  /** A copy without a trailing {@code +Inf}. */
  static double[] checked(final String metric, final double[] bounds) {
    int count = bounds.length;
    if (count > 0 && bounds[count - 1] == Double.POSITIVE_INFINITY) {
      count--;
    }
    if (count == 0) {
      throw refused(metric, bounds, "there has to be a finite one");
    }
    for (int i = 0; i < count; i++) {
      if (!Double.isFinite(bounds[i])) {
        throw refused(metric, bounds, bounds[i] + " is none, but for +Infinity in the end");
      }
      if (i > 0 && bounds[i] <= bounds[i - 1]) {
        throw refused(
            metric,
            bounds,
            "they have to increase, but " + bounds[i] + " follows " + bounds[i - 1]);
      }
    }
    final double[] finite = Arrays.copyOf(bounds, count);
    for (int i = 0; i < count; i++) {
      finite[i] += 0.0; // -0.0 would be another schema than 0.0
    }
    return finite;
  }

  private static BucketException refused(
      final String metric, final double[] bounds, final String why) {
    return new BucketException(
        "histogram "
            + Excerpt.of(metric)
            + " cannot have the bounds "
            + Arrays.toString(bounds)
            + ": "
            + why);
  }

  /** The index of the first bound that is not less than {@code value}; their number if all are. */
  static int indexOf(final double[] bounds, final double value) {
    final int count = bounds.length;
    int low = 0;
    if (count > SCANNED) {
      int high = count;
      while (high - low > SCANNED) {
        final int middle = (low + high) >>> 1;
        if (bounds[middle] < value) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
    }
    while (low < count && bounds[low] < value) {
      low++;
    }
    return low;
  }
}
