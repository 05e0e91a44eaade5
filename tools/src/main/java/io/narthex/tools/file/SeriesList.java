package io.narthex.tools.file;

import io.narthex.backend.MetricType;
import io.narthex.tools.text.Expression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The series of a file that match a pattern, with what their records say. */
final class SeriesList {
  /**
   * One of them.
   *
   * @param numbers null if each process has a part
   * @param parts null if there is one value for all
   */
  record Line(SeriesRecord series, SeriesState state, SeriesValue numbers, Parts parts) {}

  private final Overview overview;
  private final ValueReader values;

  SeriesList(final Overview overview) {
    this.overview = overview;
    this.values =
        new ValueReader(
            overview.image,
            overview.directory,
            overview.processes,
            overview.header.hasPossibleStripes() ? (int) overview.header.stripes() : 1);
  }

  /**
   * Finds them.
   *
   * @param wanted found in name and labels as a sample has them
   * @return in the order of names and labels
   */
  List<Line> find(final Expression wanted) {
    final RecordReader records =
        new RecordReader(overview.image, overview.directory, Findings.NONE);
    final List<SeriesRecord> found = new ArrayList<>();
    new IndexWords(overview.image, overview.directory)
        .forEach(
            (k, segment, number, word) -> {
              final long offset = IndexWords.offset(word);
              if (records.kind(offset) == Layout.SERIES) {
                final SeriesRecord series = records.series(offset);
                if (series != null && wanted.isFoundIn(series.shown())) {
                  found.add(series);
                }
              }
            });
    found.sort(
        Comparator.comparing((SeriesRecord series) -> series.family().name())
            .thenComparing(SeriesRecord::labelText)
            .thenComparing(SeriesRecord::offset));
    return found.stream().map(this::line).toList();
  }

  private Line line(final SeriesRecord series) {
    final SeriesState state = SeriesState.of(series, values);
    final boolean parts = series.family().hasParts();
    final boolean whole = state != SeriesState.DAMAGED;
    return new Line(
        series,
        state,
        whole && !parts ? values.numbers(series) : null,
        whole && parts ? values.counting(series) : null);
  }

  /** What is to be shown as the state: that of the metric, if it is out. */
  String state(final Line line) {
    final long state = overview.image.getLong(line.series.family().stateAt());
    return state == Layout.ACTIVE ? line.state.toString() : Layout.stateName(state);
  }

  static boolean isDistribution(final SeriesRecord series) {
    return series.family().type() == MetricType.HISTOGRAM
        || series.family().type() == MetricType.SUMMARY;
  }
}
