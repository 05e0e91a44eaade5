package io.narthex.jmh.report;

import io.narthex.jmh.report.Plot.Axis;
import io.narthex.jmh.report.Plot.Datum;
import io.narthex.jmh.report.Plot.Panel;
import io.narthex.jmh.report.Plot.Series;
import io.narthex.jmh.report.Plot.Style;
import io.narthex.jmh.results.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Memory of a series: what the heap holds, and beside it what lies outside. */
final class MemoryChart {
  private static final List<String> KINDS = List.of("counter", "gauge", "histogram");
  private static final Style HEAP = new Style("#80868b", 0, "rect", "solid", 1);
  private static final Style OFF_HEAP = new Style("#80868b", 0, "rect", "solid", 0.45);

  private final List<Point> points;
  private final List<String> names;

  MemoryChart(final Figures figures) {
    points = figures.select("memory", Map.of(), Set.of("stripes", "kind", "where"));
    names = points.stream().map(MemoryChart::name).distinct().toList();
  }

  Chart chart() {
    final List<Panel> panels =
        KINDS.stream().map(this::panel).filter(panel -> !panel.series().isEmpty()).toList();
    return new Chart(
        "memory",
        new Plot(
            "Memory of one series",
            "Lower is better. Strong: heap; light: off-heap. The figure is their sum.",
            Math.max(1, panels.size()),
            names.size() * 30,
            false,
            List.of("heap", "off-heap"),
            panels),
        Pivot.of(points, "where"));
  }

  private Panel panel(final String kind) {
    final List<Datum> heap = new ArrayList<>();
    final List<Datum> offHeap = new ArrayList<>();
    final List<Datum> sums = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      final double onHeap = value(kind, names.get(i), "heap");
      final double outside = value(kind, names.get(i), "off-heap");
      final String color = color(names.get(i));
      heap.add(new Datum(onHeap, i, null, color));
      offHeap.add(new Datum(outside, i, null, color));
      if (onHeap + outside > 0) {
        sums.add(new Datum(onHeap + outside, i, Numbers.text(onHeap + outside), null));
      }
    }
    return new Panel(
        kind,
        Axis.linear("bytes per series"),
        Axis.categories("", names),
        sums.isEmpty()
            ? List.of()
            : List.of(
                new Series("heap", "stack", HEAP, heap),
                new Series("off-heap", "stack", OFF_HEAP, offHeap),
                new Series("", "text", HEAP, sums),
                Plot.absent(
                    names.size(),
                    sums.stream().map(datum -> (int) datum.y()).collect(Collectors.toSet()))));
  }

  private double value(final String kind, final String name, final String where) {
    return points.stream()
        .filter(
            point ->
                name(point).equals(name)
                    && point.parameter("kind").equals(kind)
                    && point.parameter("where").equals(where))
        .mapToDouble(Point::value)
        .findFirst()
        .orElse(0);
  }

  private String color(final String name) {
    return points.stream()
        .filter(point -> name(point).equals(name))
        .findFirst()
        .map(point -> Subjects.style(point.subject()).color())
        .orElseThrow();
  }

  private static String name(final Point point) {
    final String stripes = point.parameter("stripes");
    return stripes.isEmpty() || stripes.equals("16") || !Subjects.isOurs(point.subject())
        ? point.subject()
        : point.subject() + ", " + stripes + (stripes.equals("1") ? " stripe" : " stripes");
  }
}
