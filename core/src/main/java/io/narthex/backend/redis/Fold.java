package io.narthex.backend.redis;

import io.narthex.GaugeMode;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import java.util.Map;

/** How the parts of processes become one value. */
final class Fold {
  private Fold() {}

  /** Whether dead processes do not count. */
  static boolean isLive(final FamilyDescriptor family) {
    return family.type() == MetricType.INFO
        || switch (family.gaugeMode()) {
          case LIVE_SUM, LIVE_MIN, LIVE_MAX, LIVE_ALL -> true;
          default -> false;
        };
  }

  /** Whether each process has a series of its own. */
  static boolean isBySeries(final FamilyDescriptor family) {
    return family.gaugeMode() == GaugeMode.ALL || family.gaugeMode() == GaugeMode.LIVE_ALL;
  }

  /**
   * The value of a series.
   *
   * @param row what the store has, or null
   * @param own this process's part, which is fresher than what the store has, or null
   * @param ownId this process
   * @return the value, or NaN if no process has a part that counts; of a gauge that shows each
   *     process, this process's part
   */
  static double of(
      final FamilyDescriptor family,
      final Row row,
      final Double own,
      final String ownId,
      final Census census) {
    if (isBySeries(family)) {
      return own == null ? Double.NaN : own;
    }
    final boolean live = isLive(family);
    double value = own == null ? Double.NaN : own;
    boolean any = own != null;
    if (row != null) {
      if (row.hasValue && !live) {
        value = any ? join(family, value, row.value) : row.value;
        any = true;
      }
      for (final Map.Entry<String, Double> part : row.parts.entrySet()) {
        if (counts(part.getKey(), live, ownId, census)) {
          value = any ? join(family, value, part.getValue()) : part.getValue();
          any = true;
        }
      }
    }
    return value;
  }

  /** Whether there is a part that counts; it may be NaN. */
  static boolean isAny(
      final FamilyDescriptor family,
      final Row row,
      final Double own,
      final String ownId,
      final Census census) {
    if (own != null) {
      return true;
    }
    if (row == null) {
      return false;
    }
    final boolean live = isLive(family);
    return (row.hasValue && !live)
        || row.parts.keySet().stream().anyMatch(id -> counts(id, live, ownId, census));
  }

  private static boolean counts(
      final String id, final boolean live, final String ownId, final Census census) {
    return !id.equals(ownId) && (!live || census.isAlive(id));
  }

  private static double join(final FamilyDescriptor family, final double a, final double b) {
    if (family.type() == MetricType.INFO) {
      return 1;
    }
    return switch (family.gaugeMode()) {
      case MIN, LIVE_MIN -> Math.min(a, b);
      case MAX, LIVE_MAX -> Math.max(a, b);
      default -> a + b;
    };
  }
}
