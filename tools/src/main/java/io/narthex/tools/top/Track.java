package io.narthex.tools.top;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import io.narthex.tools.text.Numbers;
import io.narthex.tools.text.Printable;
import io.narthex.tools.text.Quantiles;
import io.narthex.tools.text.Units;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;

/**
 * One series over the last readings: its rate since the one before, and what a sparkline and
 * quantiles need. Rates and sparklines of a histogram or summary are those of its count.
 */
final class Track {
  /** How many readings a sparkline may go back. */
  static final int REMEMBERED = 60;

  /** How many readings quantiles go back: over a single one they would jump. */
  private static final int WINDOW = 10;

  private final FamilyDescriptor family;
  private final String metric;
  private final String name;
  private final float[] recent = new float[REMEMBERED];
  private final Deque<long[]> buckets = new ArrayDeque<>();
  private ReadingSeries last;
  private long lastNanos;
  private double rate = Double.NaN;
  private int newest = -1;

  Track(final ReadingFamily family, final ReadingSeries first) {
    this.family = family.descriptor();
    this.metric = family.shownName();
    final String labels = first.labelText();
    this.name = Printable.of(metric + (labels.isEmpty() ? "" : '{' + labels + '}'));
    Arrays.fill(recent, Float.NaN);
  }

  /** Whether a series of that family may go on with this. */
  boolean isOf(final ReadingFamily other) {
    return family == other.descriptor() || family.sameSchema(other.descriptor());
  }

  /**
   * Takes the next reading.
   *
   * @param fromStart whether the first of it is known to have come since the reading before, so
   *     that all of it is new
   */
  void add(final ReadingSeries series, final long nanos, final boolean fromStart) {
    if (last == null) {
      rate = Double.NaN;
      lastNanos = nanos;
      if (fromStart && isCounted()) {
        buckets.add(new long[series.bucketCount()]);
      }
    } else {
      final double seconds = Math.max(1, nanos - lastNanos) / 1e9;
      rate = isCounted() ? growth(series) / seconds : Double.NaN;
    }
    last = series;
    lastNanos = nanos;
    newest = (newest + 1) % REMEMBERED;
    recent[newest] = (float) (isCounted() ? rate : value());
    if (series.bucketCount() > 1) {
      remember(series);
    }
  }

  /** What was counted since the reading before; of a series that began anew, all that it has. */
  private double growth(final ReadingSeries series) {
    final double before = count(last);
    final double now = count(series);
    if (series.createdMillis() != last.createdMillis() || now < before) {
      buckets.clear();
      buckets.add(new long[series.bucketCount()]);
      return now;
    }
    return now - before;
  }

  private void remember(final ReadingSeries series) {
    final long[] counts = new long[series.bucketCount()];
    Arrays.setAll(counts, series::bucket);
    buckets.add(counts);
    if (buckets.size() > WINDOW + 1) {
      buckets.remove();
    }
  }

  private static double count(final ReadingSeries series) {
    return series.isDistribution() ? (double) series.count() : series.value();
  }

  private boolean isCounted() {
    return switch (family.type()) {
      case COUNTER, HISTOGRAM, SUMMARY -> true;
      case GAUGE, INFO, STATESET -> false;
    };
  }

  /** The metric's name with its labels, fit for a terminal. */
  String name() {
    return name;
  }

  /** The metric's name, that of the samples if it has only one kind. */
  String metric() {
    return metric;
  }

  Map<String, String> labels() {
    return last.labels();
  }

  /** As {@link #name}, of the labels only the values, for where there is little room. */
  String shortName() {
    final String values = String.join(",", last.labels().values());
    return Printable.of(values.isEmpty() ? metric : metric + '{' + values + '}');
  }

  /** Per second, since the reading before; NaN for what has none. */
  double rate() {
    return rate;
  }

  /** The value, or the number of observations. */
  double value() {
    return count(last);
  }

  /** The value as the table shows it. */
  String valueText() {
    if (family.type() == MetricType.STATESET) {
      final int state = (int) last.value();
      return state < 1 || state > family.states().size()
          ? "-"
          : Printable.of(family.states().get(state - 1));
    }
    return family.type() == MetricType.GAUGE
        ? Units.measured(family.name(), last.value())
        : Numbers.value(value());
  }

  /** As {@link #quantile}, with its unit; {@code -} where nothing was observed. */
  String quantileText(final double q) {
    return Units.measured(family.name(), quantile(q));
  }

  /** An estimate over the last readings; NaN where nothing was observed. */
  double quantile(final double q) {
    if (buckets.size() < 2 || family.boundCount() == 0) {
      return Double.NaN;
    }
    final long[] first = buckets.getFirst();
    final long[] counts = buckets.getLast().clone();
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Math.max(0, counts[i] - first[i]);
    }
    final double[] bounds = new double[family.boundCount()];
    Arrays.setAll(bounds, family::bound);
    return Quantiles.estimate(q, bounds, counts);
  }

  /** Whether a sparkline of it begins at zero. */
  boolean isFromZero() {
    return isCounted();
  }

  /** The last rates, or values of what has none; NaN where there was no reading. */
  double[] recent(final int count) {
    final double[] shown = new double[count];
    for (int i = 0; i < count; i++) {
      final int back = count - 1 - i;
      shown[i] = back < REMEMBERED ? recent[Math.floorMod(newest - back, REMEMBERED)] : Double.NaN;
    }
    return shown;
  }
}
