package io.narthex.jmh.harness;

import io.narthex.jmh.results.Point;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Small things that all harnesses need for their figures. */
final class Figures {
  private Figures() {}

  /** Parameters in the order in which they are given: a name, its value, the next name. */
  static Map<String, String> parameters(final String... namesAndValues) {
    final Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return parameters;
  }

  /** The one in the middle, or the mean of the two that are. */
  static double median(final double... values) {
    final double[] sorted = values.clone();
    Arrays.sort(sorted);
    final int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** A line for each point, in columns. */
  static String table(final List<Point> points) {
    final StringBuilder table = new StringBuilder();
    for (final Point point : points) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-20s %-20s %-50s %,16.2f %s%n",
              point.measure(),
              point.subject(),
              point.parameters().toString().replaceAll("[{}]", ""),
              point.value(),
              point.unit()));
    }
    return table.toString();
  }
}
