package io.narthex.jmh.report;

import io.narthex.jmh.results.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes a table of points: one parameter across, everything else down; garbage last, if any was
 * measured.
 */
final class Pivot {
  private static final String MEASURE = "measure";
  private static final String UNIT = "unit";

  private final List<Point> points;
  private final String across;
  private final Set<String> varying = new LinkedHashSet<>();
  private final Map<String, String> common = new LinkedHashMap<>();

  private Pivot(final List<Point> points, final String across) {
    this.points = points;
    this.across = across;
    final Set<String> names = new LinkedHashSet<>(List.of(MEASURE, UNIT));
    points.forEach(point -> names.addAll(point.parameters().keySet()));
    names.remove(across);
    for (final String name : names) {
      final List<String> values = points.stream().map(p -> value(p, name)).distinct().toList();
      if (values.size() > 1) {
        varying.add(name);
      } else {
        common.put(name, values.get(0));
      }
    }
  }

  /**
   * The tables of these points, one for each measure.
   *
   * @param across the parameter whose values are columns; empty for one column
   */
  static List<Grid> of(final List<Point> points, final String across) {
    return points.stream()
        .collect(Collectors.groupingBy(Point::measure, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(group -> new Pivot(group, across).grid())
        .toList();
  }

  /**
   * Points that differ in measure and subject alone, the measures as columns: a table of their
   * figures, and one of their garbage.
   */
  static List<Grid> byMeasure(final List<Point> points) {
    if (points.isEmpty()) {
      return List.of();
    }
    final Grid figures = new Pivot(points, MEASURE).grid("figures", Pivot::figure, false);
    final List<Point> garbage =
        points.stream().filter(point -> point.allocated() != null).map(Pivot::garbageOf).toList();
    return garbage.isEmpty()
        ? List.of(figures)
        : List.of(
            figures,
            new Pivot(garbage, MEASURE)
                .grid("garbage", point -> Numbers.garbage(point.value()), false));
  }

  private static Point garbageOf(final Point point) {
    return Point.of(
        point.measure(), point.subject(), point.parameters(), "B/op", point.allocated());
  }

  private Grid grid() {
    return grid(
        points.get(0).measure(),
        Pivot::figure,
        points.stream().anyMatch(point -> point.allocated() != null));
  }

  private Grid grid(
      final String title, final Function<Point, String> cell, final boolean garbageLast) {
    final List<String> columns =
        points.stream().map(this::column).distinct().sorted(Numbers.BY_SIZE).toList();
    final List<String> header = new ArrayList<>(List.of("subject"));
    header.addAll(down());
    columns.forEach(column -> header.add(heading(column)));
    if (garbageLast) {
      header.add("garbage, B/op");
    }
    final List<List<String>> rows =
        points.stream()
            .collect(Collectors.groupingBy(this::key, LinkedHashMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByKey(Pivot::compareKeys))
            .map(row -> row(row.getKey(), row.getValue(), columns, cell, garbageLast))
            .toList();
    return new Grid(title, note(), header, rows);
  }

  private List<String> row(
      final List<String> key,
      final List<Point> group,
      final List<String> columns,
      final Function<Point, String> cell,
      final boolean garbageLast) {
    final List<String> cells = new ArrayList<>(List.of(key.get(key.size() - 1)));
    key.subList(0, key.size() - 1).forEach(value -> cells.add(Numbers.parameter(value)));
    for (final String column : columns) {
      cells.add(
          group.stream()
              .filter(point -> column(point).equals(column))
              .findFirst()
              .map(cell)
              .orElse(Numbers.NONE));
    }
    if (garbageLast) {
      cells.add(garbage(group));
    }
    return cells;
  }

  /** The subject last, so that rows to be compared stand together. */
  private List<String> key(final Point point) {
    final List<String> key = new ArrayList<>();
    down().forEach(name -> key.add(value(point, name)));
    key.add(point.subject());
    return key;
  }

  private List<String> down() {
    // What differs between measures is theirs, and no reason for a row of its own.
    return isByMeasure() ? List.of() : List.copyOf(varying);
  }

  private String heading(final String column) {
    return isByMeasure() || across.isEmpty() ? column : across + ' ' + Numbers.parameter(column);
  }

  private String column(final Point point) {
    if (across.isEmpty()) {
      return "value";
    }
    return isByMeasure()
        ? point.measure() + ", " + point.unit()
        : point.parameters().getOrDefault(across, Numbers.NONE);
  }

  private boolean isByMeasure() {
    return across.equals(MEASURE);
  }

  private String note() {
    return common.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(MEASURE) && !entry.getValue().equals(Numbers.NONE))
        // There each column has its own.
        .filter(entry -> !isByMeasure() || !entry.getKey().equals(UNIT))
        .map(
            entry ->
                entry.getKey().equals(UNIT)
                    ? "in " + entry.getValue()
                    : entry.getKey() + ' ' + Numbers.parameter(entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String value(final Point point, final String name) {
    return switch (name) {
      case MEASURE -> point.measure();
      case UNIT -> point.unit();
      default -> point.parameters().getOrDefault(name, Numbers.NONE);
    };
  }

  private static String figure(final Point point) {
    return Numbers.text(Estimate.of(point));
  }

  private static String garbage(final List<Point> group) {
    final List<String> texts =
        group.stream()
            .map(Point::allocated)
            .filter(bytes -> bytes != null)
            .sorted()
            .map(Numbers::garbage)
            .distinct()
            .toList();
    if (texts.isEmpty()) {
      return Numbers.NONE;
    }
    final String last = texts.get(texts.size() - 1);
    return texts.size() == 1 ? last : texts.get(0) + " to " + last;
  }

  private static int compareKeys(final List<String> left, final List<String> right) {
    final int subject = left.size() - 1;
    for (int i = 0; i < subject; i++) {
      final int order = Numbers.BY_SIZE.compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Subjects.ORDER.compare(left.get(subject), right.get(subject));
  }
}
