package io.narthex.jmh.report;

import io.narthex.jmh.report.Plot.Axis;
import io.narthex.jmh.report.Plot.Datum;
import io.narthex.jmh.report.Plot.Panel;
import io.narthex.jmh.report.Plot.Series;
import io.narthex.jmh.results.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Our backends side by side, one panel for each thing that they do. */
final class BackendsChart {
  /** Where the slowest takes that many times as long as the fastest, bars would hide the fast. */
  private static final double WIDE = 20;

  private static final Map<String, String> MEASURES = new LinkedHashMap<>();

  static {
    MEASURES.put("counter-inc", "counter inc()");
    MEASURES.put("lookup", "look-up and inc()");
    MEASURES.put("gauge-set", "gauge set()");
    MEASURES.put("histogram-observe", "histogram observe()");
    MEASURES.put("create", "create a series");
    MEASURES.put("scrape", "scrape of 100,000 series");
  }

  private final Figures figures;
  private final List<Point> used = new ArrayList<>();

  BackendsChart(final Figures figures) {
    this.figures = figures;
  }

  Chart chart() {
    final Map<String, List<Point>> byMeasure = new LinkedHashMap<>();
    for (final String measure : MEASURES.keySet()) {
      final List<Point> points =
          figures.select(measure, Map.of(), Set.of()).stream()
              .filter(point -> Subjects.BACKENDS.contains(point.subject()) && point.value() > 0)
              .toList();
      if (!points.isEmpty()) {
        byMeasure.put(measure, points);
        used.addAll(points);
      }
    }
    final List<String> names =
        Subjects.BACKENDS.stream()
            .filter(name -> used.stream().anyMatch(point -> point.subject().equals(name)))
            .toList();
    final List<Panel> panels =
        byMeasure.entrySet().stream()
            .map(entry -> panel(MEASURES.get(entry.getKey()), entry.getValue(), names))
            .toList();
    return new Chart(
        "backends",
        new Plot(
            "The backends side by side",
            "Lower is better. Dots stand on a logarithmic axis, bars begin at 0.",
            Math.max(1, Math.min(3, panels.size())),
            names.size() * 30,
            false,
            List.of(),
            panels),
        Pivot.byMeasure(used));
  }

  private static Panel panel(
      final String title, final List<Point> points, final List<String> names) {
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
