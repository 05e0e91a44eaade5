package io.narthex.tools.history;

import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Which series are wanted: those in whose name with labels something is found. */
final class SeriesFilter {
  private final Pattern pattern;

  /**
   * A filter.
   *
   * @param pattern what is looked for, or null for all
   */
  SeriesFilter(final Pattern pattern) {
    this.pattern = pattern;
  }

  /** The series as people write it: {@code http_requests_total{method="GET"}}. */
  static String name(final ReadingFamily family, final ReadingSeries series) {
    final String labels = series.labelText();
    return labels.isEmpty() ? family.shownName() : family.shownName() + '{' + labels + '}';
  }

  /** What is wanted of a reading; a family of which nothing is wanted is left out. */
  Reading of(final Reading reading) {
    if (pattern == null) {
      return reading;
    }
    final List<ReadingFamily> families = new ArrayList<>();
    for (final ReadingFamily family : reading.families()) {
      final List<ReadingSeries> wanted = new ArrayList<>();
      for (final ReadingSeries one : family.series()) {
        if (pattern.matcher(name(family, one)).find()) {
          wanted.add(one);
        }
      }
      if (!wanted.isEmpty()) {
        families.add(new ReadingFamily(family.descriptor(), wanted));
      }
    }
    return Reading.of(reading.takenMillis(), families);
  }
}
