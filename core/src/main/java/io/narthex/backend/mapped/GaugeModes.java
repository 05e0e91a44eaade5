package io.narthex.backend.mapped;

import io.narthex.GaugeMode;

/** What the modes mean to parts. */
final class GaugeModes {
  private GaugeModes() {}

  /** Whether each process has a part of its own. */
  static boolean hasParts(final GaugeMode mode) {
    return mode != GaugeMode.SHARED && mode != GaugeMode.MOST_RECENT;
  }

  /** Whether what a process left counts after another one took its row. */
  static boolean keepsDead(final GaugeMode mode) {
    return mode == GaugeMode.SUM || mode == GaugeMode.MIN || mode == GaugeMode.MAX;
  }

  static boolean isLive(final GaugeMode mode) {
    return switch (mode) {
      case LIVE_SUM, LIVE_MIN, LIVE_MAX, LIVE_ALL -> true;
      default -> false;
    };
  }

  /** Whether each part is a series of its own. */
  static boolean isAll(final GaugeMode mode) {
    return mode == GaugeMode.ALL || mode == GaugeMode.LIVE_ALL;
  }

  /** Two parts in one, as bits; one that is unset adds nothing. */
  static long combined(final GaugeMode mode, final long a, final long b) {
    if (a == SeriesRecordDescriptor.UNSET) {
      return b;
    }
    if (b == SeriesRecordDescriptor.UNSET) {
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
