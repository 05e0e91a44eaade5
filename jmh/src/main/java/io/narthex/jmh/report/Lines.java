package io.narthex.jmh.report;

import io.narthex.jmh.report.Plot.Axis;
import io.narthex.jmh.report.Plot.Datum;
import io.narthex.jmh.report.Plot.Panel;
import io.narthex.jmh.report.Plot.Series;
import io.narthex.jmh.results.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A chart of lines: one line for each subject, one panel for each question. */
final class Lines {
  /** A line that far above ours would press all others flat. */
  private static final double FAR = 20;

  private final Figures figures;
  private final String parameter;
  private final String xName;
  private final boolean logX;
  private final List<Panel> panels = new ArrayList<>();
  private final Set<Point> used = new LinkedHashSet<>();
  private final Set<String> shown = new TreeSet<>(Subjects.ORDER);
  private final Set<String> left = new TreeSet<>(Subjects.ORDER);

  /**
   * Begins a chart.
   *
   * @param parameter along the x axis
   * @param logX whether its distances count, by their logarithms; else its values stand side by
   *     side
   */
  Lines(final Figures figures, final String parameter, final String xName, final boolean logX) {
    this.figures = figures;
    this.parameter = parameter;
    this.xName = xName;
    this.logX = logX;
  }

  /** Adds a panel, if there is anything to show in it. */
  Lines panel(
      final String title,
      final String measure,
      final Map<String, String> wanted,
      final Axis y,
      final double scale) {
    final List<Point> points =
        withoutLone(
            figures.select(measure, wanted, Set.of(parameter)).stream()
                .filter(point -> point.value() > 0 && isAt(point))
                .toList());
    final List<String> values =
        points.stream()
            .map(point -> point.parameter(parameter))
            .distinct()
            .sorted(Numbers.BY_SIZE)
            .toList();
    if (values.isEmpty()) {
      return this;
    }
    used.addAll(points);
    final Axis x = logX ? Axis.log(xName) : Axis.categories(xName, values);
    final double far = y.type().equals("value") ? FAR * most(points) : Double.MAX_VALUE;
    final List<Series> lines = series(points, values, scale, far * scale);
    if (!lines.isEmpty()) {
      panels.add(new Panel(title, x, y, lines));
    }
    return this;
  }

  Chart chart(
      final String id,
      final String title,
      final String note,
      final int panelHeight,
      final boolean shared) {
    return new Chart(
        id,
        new Plot(
            title,
            noteOf(note),
            Math.min(3, panels.size()),
            panelHeight,
            shared,
            List.copyOf(shown),
            panels),
        Pivot.of(List.copyOf(used), parameter));
  }

  /** One chart of these panels and others that have another x axis. */
  Chart and(final Lines other, final String id, final String title, final String note) {
    shown.addAll(other.shown);
    left.addAll(other.left);
    final List<Panel> all = new ArrayList<>(panels);
    all.addAll(other.panels);
    final List<Grid> grids = new ArrayList<>(Pivot.of(List.copyOf(used), parameter));
    grids.addAll(Pivot.of(List.copyOf(other.used), other.parameter));
    return new Chart(
        id,
        new Plot(
            title,
            noteOf(note),
            all.size() == 4 ? 2 : Math.min(3, all.size()),
            260,
            false,
            List.copyOf(shown),
            all),
        grids);
  }

  private String noteOf(final String note) {
    return left.isEmpty()
        ? note
        : note + " Far above, so only in the table: " + String.join(", ", left) + '.';
  }

  private List<Series> series(
      final List<Point> points, final List<String> values, final double scale, final double far) {
    final List<Series> lines = allLines(points, values, scale);
    final List<Series> near =
        lines.stream()
            .filter(line -> line.data().stream().mapToDouble(Datum::y).min().orElse(0) <= far)
            .toList();
    lines.forEach(line -> (near.contains(line) ? shown : left).add(line.name()));
    return near;
  }

  /** Our slowest, for what is far from it. */
  private static double most(final List<Point> points) {
    return points.stream()
        .filter(point -> point.subject().equals(Subjects.MAPPED))
        .mapToDouble(Point::value)
        .max()
        .orElse(Double.MAX_VALUE / FAR);
  }

  private List<Series> allLines(
      final List<Point> points, final List<String> values, final double scale) {
    return points.stream()
        .collect(Collectors.groupingBy(Point::subject, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(
            line ->
                new Series(
                    line.getKey(),
                    "line",
                    Subjects.style(line.getKey()),
                    data(line.getValue(), values, scale)))
        .toList();
  }

  private List<Datum> data(final List<Point> line, final List<String> values, final double scale) {
    return line.stream()
        .map(point -> Datum.at(x(point, values), point.value() * scale))
        .sorted((left, right) -> Double.compare(left.x(), right.x()))
        .toList();
  }

  private boolean isAt(final Point point) {
    return logX
        ? point.parameter(parameter).matches("[1-9][0-9]{0,14}")
        : !point.parameter(parameter).isEmpty();
  }

  /** One mark alone says nothing of growth. */
  private List<Point> withoutLone(final List<Point> points) {
    final Map<String, Long> marks =
        points.stream().collect(Collectors.groupingBy(Point::subject, Collectors.counting()));
    return points.stream().filter(point -> !logX || marks.get(point.subject()) > 1).toList();
  }

  private double x(final Point point, final List<String> values) {
    final String value = point.parameter(parameter);
    return logX ? Double.parseDouble(value) : values.indexOf(value);
  }
}
