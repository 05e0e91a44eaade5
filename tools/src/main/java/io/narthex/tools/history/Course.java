package io.narthex.tools.history;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.tools.reading.ReadingSeries;
import io.narthex.tools.text.Numbers;
import java.util.Arrays;

/** How one series went in the time that is shown, gathered moment by moment. */
final class Course {
  /** In place of a time where there is none. */
  static final long NONE = Long.MIN_VALUE;

  private final String name;
  private final FamilyDescriptor family;

  /** Of what is counted, what came in each column's time; else the last value in it. */
  private final double[] columns;

  private final double[] columnSeconds;
  private ReadingSeries last;
  private long lastMillis;
  private double first;
  private boolean cameLater;
  private double increase;
  private double least = Double.NaN;
  private double greatest = Double.NaN;

  Course(final String name, final FamilyDescriptor family, final int width) {
    this.name = name;
    this.family = family;
    this.columns = new double[width];
    this.columnSeconds = new double[width];
    Arrays.fill(columns, Double.NaN);
  }

  /**
   * Takes the next moment that shows the series.
   *
   * @param series how it stood
   * @param before the moment before, ms since the epoch, or {@link #NONE}: a series that came after
   *     one brought all that it has since then
   * @param millis this moment
   * @param column where it is drawn
   */
  void add(final ReadingSeries series, final long before, final long millis, final int column) {
    final double now = value(series);
    if (last == null) {
      first = now;
      cameLater = before != NONE;
    }
    if (!isCounted()) {
      columns[column] = now;
      meet(now);
    } else if (last != null || cameLater) {
      final double growth = last == null ? now : growth(series, now);
      final double seconds = Math.max(1, millis - (last == null ? before : lastMillis)) / 1e3;
      increase += growth;
      columns[column] = (Double.isNaN(columns[column]) ? 0 : columns[column]) + growth;
      columnSeconds[column] += seconds;
      meet(growth / seconds);
    }
    last = series;
    lastMillis = millis;
  }

  private double growth(final ReadingSeries series, final double now) {
    final double before = value(last);
    final boolean isAnew = series.createdMillis() != last.createdMillis() || now < before;
    return isAnew ? now : now - before;
  }

  private void meet(final double shown) {
    least = Double.isNaN(least) ? shown : Math.min(least, shown);
    greatest = Double.isNaN(greatest) ? shown : Math.max(greatest, shown);
  }

  private static double value(final ReadingSeries series) {
    return series.isDistribution() ? (double) series.count() : series.value();
  }

  /** Whether it only grows, so that its rate is what tells something. */
  boolean isCounted() {
    return family.type() == MetricType.COUNTER
        || family.type() == MetricType.HISTOGRAM
        || family.type() == MetricType.SUMMARY;
  }

  String name() {
    return name;
  }

  String lastText() {
    return ValueText.of(family, value(last));
  }

  /**
   * What was counted in that time, also beyond a beginning from zero; of a gauge the difference.
   */
  double change() {
    return isCounted() ? increase : value(last) - first;
  }

  /** As {@link #change}; between states there is no difference. */
  String changeText() {
    return isState() ? ValueText.NONE : ValueText.of(family, change());
  }

  /** Whether it stayed as it was; a value that was not there at first did not. */
  boolean isConstant() {
    return isCounted() ? increase == 0 : !cameLater && Double.compare(least, greatest) == 0;
  }

  /** The least rate, or value. */
  double least() {
    return least;
  }

  /** The greatest rate, or value. */
  double greatest() {
    return greatest;
  }

  String leastText() {
    return rateOrValue(least);
  }

  String greatestText() {
    return rateOrValue(greatest);
  }

  private String rateOrValue(final double number) {
    if (isState() || (isCounted() && Double.isNaN(number))) {
      return ValueText.NONE;
    }
    return isCounted() ? Numbers.rate(number) + "/s" : ValueText.of(family, number);
  }

  private boolean isState() {
    return family.type() == MetricType.STATESET;
  }

  /** Rates, or values, over time; NaN where nothing was recorded. */
  double[] drawn() {
    final double[] drawn = columns.clone();
    for (int i = 0; isCounted() && i < drawn.length; i++) {
      drawn[i] /= columnSeconds[i]; // NaN stays NaN
    }
    // A single hole is a moment that fell into the next column.
    for (int i = 1; i + 1 < drawn.length; i++) {
      if (Double.isNaN(drawn[i]) && !Double.isNaN(drawn[i + 1])) {
        drawn[i] = drawn[i - 1];
      }
    }
    return drawn;
  }
}
