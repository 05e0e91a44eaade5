package io.narthex.tools.diff;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.tools.reading.ReadingSeries;
import java.util.Locale;

/**
 * How one series differs.
 *
 * @param before null if there was none
 * @param after null if there is none
 */
record Change(FamilyDescriptor family, ReadingSeries before, ReadingSeries after) {
  /** The ways to differ. */
  enum Kind {
    ADDED,
    REMOVED,
    CHANGED,
    /** It began again from zero. */
    RESET;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Kind kind() {
    if (before == null) {
      return Kind.ADDED;
    }
    if (after == null) {
      return Kind.REMOVED;
    }
    return isReset() ? Kind.RESET : Kind.CHANGED;
  }

  /** Counts only grow, and keep their created time, unless they begin again. */
  private boolean isReset() {
    if (!isCounting()) {
      return false;
    }
    if (after.createdMillis() > before.createdMillis()) {
      return true;
    }
    return after.isDistribution() ? after.count() < before.count() : after.value() < before.value();
  }

  private boolean isCounting() {
    final MetricType type = family.type();
    return type == MetricType.COUNTER || type == MetricType.HISTOGRAM || type == MetricType.SUMMARY;
  }

  ReadingSeries either() {
    return after == null ? before : after;
  }

  /** What was counted, or observed, since; all of it, if it began again. */
  double delta() {
    final boolean whole = kind() != Kind.CHANGED;
    if (after.isDistribution()) {
      return (double) (after.count() - (whole ? 0 : before.count()));
    }
    return after.value() - (whole ? 0 : before.value());
  }

  /** The same of the sum of a distribution. */
  double sumDelta() {
    return after.sum() - (kind() == Kind.CHANGED ? before.sum() : 0);
  }

  /** Whether two series show the same. */
  static boolean isSame(
      final FamilyDescriptor family, final ReadingSeries before, final ReadingSeries after) {
    if (before.equals(after)) {
      return true;
    }
    // A gauge has no time since which it counts.
    final Change change = new Change(family, before, after);
    return !change.isCounting()
        && Double.doubleToLongBits(before.value()) == Double.doubleToLongBits(after.value());
  }
}
