package io.narthex.tools.history;

import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import io.narthex.tools.text.Expression;
import java.util.ArrayList;
import java.util.List;

/** Which series are wanted: those in whose name with labels something is found. */
final class SeriesFilter {
  private final Expression wanted;

  /**
   * A filter.
   *
   * @param wanted what is looked for, or null for all
   */
  SeriesFilter(final Expression wanted) {
    this.wanted = wanted;
  }

  /** The series as people write it: {@code http_requests_total{method="GET"}}. */
  static String name(final ReadingFamily family, final ReadingSeries series) {
    final String labels = series.labelText();
    return labels.isEmpty() ? family.shownName() : family.shownName() + '{' + labels + '}';
  }

  /** What is wanted of a reading; a family of which nothing is wanted is left out. */
  Reading of(final Reading reading) {
    if (wanted == null) {
      return reading;
    }
    final List<ReadingFamily> families = new ArrayList<>();
    for (final ReadingFamily family : reading.families()) {
      final List<ReadingSeries> found = new ArrayList<>();
      for (final ReadingSeries one : family.series()) {
        if (wanted.isFoundIn(name(family, one))) {
          found.add(one);
        }
      }
      if (!found.isEmpty()) {
        families.add(new ReadingFamily(family.descriptor(), found));
      }
    }
    return Reading.of(reading.takenMillis(), families);
  }
}
