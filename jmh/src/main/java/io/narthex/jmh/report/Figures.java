package io.narthex.jmh.report;

import io.narthex.jmh.results.Point;
import io.narthex.jmh.results.Results;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds points: a parameter that is not asked for has the value of the base case. */
final class Figures {
  private static final Map<String, String> BASE =
      Map.of(
          "threads", "1",
          "labels", "2",
          "children", "256",
          "order", "rotating",
          "strings", "same",
          "bounds", "11",
          "series", "100000",
          "stripes", "16",
          "encoding", "identity");

  /** Its threads are always two, so they are no choice. */
  private static final String PAIRS = "counter-pairs";

  private final List<Point> points;

  Figures(final Results results) {
    points =
        results.points().stream()
            // What could not be computed was not measured.
            .filter(point -> Double.isFinite(point.value()))
            .sorted(Comparator.comparing(Point::subject, Subjects.ORDER))
            .toList();
  }

  /** All, by subject. */
  List<Point> all() {
    return points;
  }

  /** The points of a measure, by subject. */
  List<Point> select(
      final String measure, final Map<String, String> wanted, final Set<String> free) {
    return points.stream()
        .filter(point -> point.measure().equals(measure) && matches(point, wanted, free))
        .toList();
  }

  /** One point, the first where there are several. */
  Optional<Point> find(
      final String measure, final String subject, final Map<String, String> wanted) {
    return select(measure, wanted, Set.of()).stream()
        .filter(point -> point.subject().equals(subject))
        .findFirst();
  }

  private static boolean matches(
      final Point point, final Map<String, String> wanted, final Set<String> free) {
    return wanted.entrySet().stream()
            .allMatch(entry -> point.parameter(entry.getKey()).equals(entry.getValue()))
        && point.parameters().entrySet().stream()
            .allMatch(
                entry ->
                    wanted.containsKey(entry.getKey())
                        || free.contains(entry.getKey())
                        || point.measure().equals(PAIRS)
                        || BASE.getOrDefault(entry.getKey(), entry.getValue())
                            .equals(entry.getValue()));
  }
}
