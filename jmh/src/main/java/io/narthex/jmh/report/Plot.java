package io.narthex.jmh.report;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One picture, as {@code charts.js} reads it; null members are left out.
 *
 * @param title what it shows
 * @param note what is better, and what a reader must know of the scales
 * @param columns how many panels stand in a row
 * @param panelHeight of the area between the axes, in pixels
 * @param shared whether all panels have the same range of y
 * @param legend the names of series that need one, in order
 * @param panels at least one
 */
record Plot(
    String title,
    String note,
    int columns,
    int panelHeight,
    boolean shared,
    List<String> legend,
    List<Panel> panels) {

  /** Two axes, and what is drawn between them. */
  record Panel(String title, Axis x, Axis y, List<Series> series) {}

  /**
   * An axis.
   *
   * @param name what it measures, with the unit
   * @param type {@code category} or {@code value}; or {@code log}, {@code nanos} or {@code ratio},
   *     which are logarithmic
   * @param categories of a category axis, else null
   */
  record Axis(String name, String type, List<String> categories) {
    static Axis categories(final String name, final List<String> categories) {
      return new Axis(name, "category", List.copyOf(categories));
    }

    static Axis linear(final String name) {
      return new Axis(name, "value", null);
    }

    static Axis log(final String name) {
      return new Axis(name, "log", null);
    }

    /** Of nanoseconds, with readable units. */
    static Axis nanos(final String name) {
      return new Axis(name, "nanos", null);
    }

    /** Of ratios around 1: in powers of two. */
    static Axis ratio(final String name) {
      return new Axis(name, "ratio", null);
    }
  }

  /**
   * What belongs together.
   *
   * @param form {@code line}, {@code bar}, {@code stack}, {@code dot}, {@code text} at its place;
   *     at the left edge {@code heading} or {@code absent}, which says that there is nothing
   */
  record Series(String name, String form, Style style, List<Datum> data) {}

  /** What stands where a bar would, in those rows that have none. */
  static Series absent(final int rows, final Set<Integer> filled) {
    return new Series(
        "",
        "absent",
        Subjects.style(""),
        IntStream.range(0, rows)
            .filter(row -> !filled.contains(row))
            .mapToObj(row -> new Datum(0, row, "not measured", null))
            .toList());
  }

  /**
   * A place in a panel; categories count from 0.
   *
   * @param label beside it, or null
   * @param color of a bar or dot that has one of its own, else null
   */
  record Datum(double x, double y, String label, String color) {
    static Datum at(final double x, final double y) {
      return new Datum(x, y, null, null);
    }
  }

  /**
   * How a series looks.
   *
   * @param symbol ECharts' name of the mark
   * @param dash ECharts' name of the kind of line
   * @param opacity of bars
   */
  record Style(String color, double width, String symbol, String dash, double opacity) {}
}
