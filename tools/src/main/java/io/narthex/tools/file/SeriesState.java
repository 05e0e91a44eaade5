package io.narthex.tools.file;

import java.util.Locale;

/** Whether a scrape shows a series of an active metric. */
enum SeriesState {
  SHOWN,
  /** Removed, or nobody has set it as yet. */
  HIDDEN,
  /** What belongs to it cannot be reached. */
  DAMAGED;

  static SeriesState of(final SeriesRecord series, final ValueReader values) {
    if (series.cells() != series.family().cells()) {
      return DAMAGED;
    }
    if (series.family().hasParts()) {
      final Parts parts = values.counting(series);
      if (parts == null) {
        return DAMAGED;
      }
      return parts.parts().isEmpty() && parts.retired() == Layout.UNSET ? HIDDEN : SHOWN;
    }
    final SeriesValue numbers = values.numbers(series);
    if (numbers == null) {
      return DAMAGED;
    }
    return numbers.isShown() ? SHOWN : HIDDEN;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
