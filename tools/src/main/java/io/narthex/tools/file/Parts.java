package io.narthex.tools.file;

import io.narthex.GaugeMode;
import java.util.List;

/**
 * What the processes have set of a series of which each has a part.
 *
 * @param parts those that have a value, in the order of rows
 * @param retired the bits of what dead processes left, {@link Layout#UNSET} if nothing
 */
record Parts(List<Part> parts, long retired) {
  /**
   * One process's part.
   *
   * @param owner its incarnation
   * @param bits of its value
   */
  record Part(int row, long owner, long bits) {
    double value() {
      return Double.longBitsToDouble(bits);
    }
  }

  /** All of it in one value, as bits; {@link Layout#UNSET} if there is none. */
  long combined(final GaugeMode mode) {
    long bits = retired;
    for (final Part part : parts) {
      bits = combined(mode, bits, part.bits);
    }
    return bits;
  }

  private static long combined(final GaugeMode mode, final long a, final long b) {
    if (a == Layout.UNSET) {
      return b;
    }
    if (b == Layout.UNSET) {
      return a;
    }
    final double x = Double.longBitsToDouble(a);
    final double y = Double.longBitsToDouble(b);
    return Double.doubleToLongBits(
        switch (mode) {
          case MIN, LIVE_MIN -> Math.min(x, y);
          case MAX, LIVE_MAX -> Math.max(x, y);
          default -> x + y;
        });
  }
}
