package io.narthex.tools.diff;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** What differs between two readings: metrics first, then their series, in the order of names. */
final class Difference {
  private static final String OWN = "narthex_";

  /** Metrics that are on one side only, or have another schema; null on the other side. */
  record MetricChange(FamilyDescriptor before, FamilyDescriptor after) {}

  private final boolean own;
  private final List<MetricChange> metrics = new ArrayList<>();
  private final List<Change> series = new ArrayList<>();
  private long same;

  private Difference(final boolean own) {
    this.own = own;
  }

  /**
   * Compares two readings.
   *
   * @param own whether to compare too what the engine measures of itself
   */
  static Difference of(final Reading before, final Reading after, final boolean own) {
    final Difference difference = new Difference(own);
    merge(before.families(), after.families(), ReadingFamily::name, difference::compareFamilies);
    return difference;
  }

  private void compareFamilies(final ReadingFamily before, final ReadingFamily after) {
    final FamilyDescriptor either = (after == null ? before : after).descriptor();
    // Gauges that are measured when somebody looks, and stand in no file.
    if (!own && either.name().startsWith(OWN) && either.type() == MetricType.GAUGE) {
      return;
    }
    if (before != null && after != null && !before.descriptor().sameSchema(after.descriptor())) {
      compareFamilies(before, null);
      metrics.remove(metrics.size() - 1);
      compareFamilies(null, after);
      metrics.set(metrics.size() - 1, new MetricChange(before.descriptor(), after.descriptor()));
      return;
    }
    if (before == null || after == null) {
      metrics.add(
          new MetricChange(
              before == null ? null : before.descriptor(),
              after == null ? null : after.descriptor()));
    }
    merge(
        before == null ? List.of() : before.series(),
        after == null ? List.of() : after.series(),
        ReadingSeries::labelText,
        (one, other) -> compareSeries(either, one, other));
  }

  private void compareSeries(
      final FamilyDescriptor family, final ReadingSeries before, final ReadingSeries after) {
    if (before != null && after != null && Change.isSame(family, before, after)) {
      same++;
    } else {
      series.add(new Change(family, before, after));
    }
  }

  /** Walks two lists in one order side by side; who has no match is paired with null. */
  private static <T> void merge(
      final List<T> before,
      final List<T> after,
      final Function<T, String> key,
      final BiConsumer<T, T> pair) {
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      final int order =
          i == before.size()
              ? 1
              : j == after.size()
                  ? -1
                  : key.apply(before.get(i)).compareTo(key.apply(after.get(j)));
      pair.accept(order <= 0 ? before.get(i) : null, order >= 0 ? after.get(j) : null);
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
  }

  List<MetricChange> metrics() {
    return metrics;
  }

  List<Change> series() {
    return series;
  }

  /** How many series are on both sides and show the same. */
  long same() {
    return same;
  }

  long count(final Change.Kind kind) {
    return series.stream().filter(change -> change.kind() == kind).count();
  }

  boolean isNone() {
    return metrics.isEmpty() && series.isEmpty();
  }
}
