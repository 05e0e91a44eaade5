package io.narthex.jmh.report;

import io.narthex.jmh.report.Plot.Axis;
import io.narthex.jmh.report.Plot.Datum;
import io.narthex.jmh.report.Plot.Panel;
import io.narthex.jmh.report.Plot.Series;
import io.narthex.jmh.results.Point;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A chart of bars: one bar for each subject, one panel for each question. */
final class Bars {
  static final String NOTE = "Lower is better. Dots stand on a logarithmic axis, bars begin at 0.";

  /** Where the slowest takes that many times as long as the fastest, bars would hide the fast. */
  private static final double WIDE = 20;

  private final Figures figures;
  private final Predicate<String> subjects;
  private final List<Question> questions = new ArrayList<>();
  private final Set<Point> used = new LinkedHashSet<>();
  private boolean shared;

  /** Begins a chart of those subjects that the predicate takes. */
  Bars(final Figures figures, final Predicate<String> subjects) {
    this.figures = figures;
    this.subjects = subjects;
  }

  /** Gives all panels one range, where bars are to be compared across them. */
  Bars onOneRange() {
    shared = true;
    return this;
  }

  /** Adds a panel, if there is anything to show in it. */
  Bars panel(final String title, final String measure, final Map<String, String> wanted) {
    final List<Point> points =
        figures.select(measure, wanted, Set.of()).stream()
            .filter(point -> subjects.test(point.subject()) && point.value() > 0)
            .toList();
    if (!points.isEmpty()) {
      questions.add(new Question(title, points));
      used.addAll(points);
    }
    return this;
  }

  /** Adds a panel for each number of series that was measured. */
  Bars bySeries(final String measure) {
    final String series = "series";
    figures.select(measure, Map.of(), Set.of(series)).stream()
        .map(point -> point.parameter(series))
        .distinct()
        .sorted(Numbers.BY_SIZE)
        .forEach(
            count -> panel(Numbers.parameter(count) + " series", measure, Map.of(series, count)));
    return this;
  }

  /**
   * The chart.
   *
   * @param grids makes its tables of all points that it shows
   */
  Chart chart(
      final String id,
      final String title,
      final String note,
      final Function<List<Point>, List<Grid>> grids) {
    final List<String> names =
        used.stream().map(Point::subject).distinct().sorted(Subjects.ORDER).toList();
    return new Chart(
        id,
        new Plot(
            title,
            note,
            Math.max(1, questions.size() == 4 ? 2 : Math.min(3, questions.size())),
            Math.max(2, names.size()) * 30,
            shared,
            List.of(),
            questions.stream().map(question -> question.panel(names)).toList()),
        grids.apply(List.copyOf(used)));
  }

  /** A panel before all names are known. */
  private record Question(String title, List<Point> points) {
    Panel panel(final List<String> names) {
      final double least = points.stream().mapToDouble(Point::value).min().orElse(1);
      final double most = points.stream().mapToDouble(Point::value).max().orElse(1);
      final boolean wide = most > WIDE * least;
      final String unit = points.get(0).unit().replace("/op", "");
      final List<Datum> data =
          points.stream()
              .map(
                  point ->
                      new Datum(
                          point.value(),
                          names.indexOf(point.subject()),
                          Numbers.text(point.value()),
                          Subjects.style(point.subject()).color()))
              .toList();
      return new Panel(
          title,
          wide ? Axis.log(unit) : Axis.linear(unit),
          Axis.categories("", names),
          List.of(
              new Series("", wide ? "dot" : "bar", Subjects.style(Subjects.MAPPED), data),
              Plot.absent(
                  names.size(),
                  data.stream().map(datum -> (int) datum.y()).collect(Collectors.toSet()))));
    }
  }
}
