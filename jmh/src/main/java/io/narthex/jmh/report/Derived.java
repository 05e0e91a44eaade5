package io.narthex.jmh.report;

import io.narthex.jmh.results.Point;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Figures that follow from others; empty where one of those was not measured. */
final class Derived {
  private static final Map<String, String> BASE = Map.of();
  private static final Map<String, String> FRESH = Map.of("strings", "fresh");

  private Derived() {}

  static OptionalDouble value(
      final Figures figures,
      final String measure,
      final String subject,
      final Map<String, String> wanted) {
    return value(figures.find(measure, subject, wanted));
  }

  /** One subject's figure over another's. */
  static OptionalDouble ratio(
      final Figures figures,
      final String measure,
      final Map<String, String> wanted,
      final String subject,
      final String over) {
    return divide(value(figures, measure, subject, wanted), value(figures, measure, over, wanted));
  }

  /** Garbage of one operation, for each of its parts. */
  static OptionalDouble allocated(
      final Figures figures,
      final String measure,
      final String subject,
      final Map<String, String> wanted,
      final int parts) {
    final OptionalDouble bytes = allocated(figures.find(measure, subject, wanted));
    return bytes.isEmpty() ? bytes : OptionalDouble.of(bytes.getAsDouble() / parts);
  }

  /** Both sides less what making the strings costs, since neither library does that. */
  static OptionalDouble freshLookup(final Figures figures) {
    final OptionalDouble strings = value(figures, "lookup", Subjects.STRINGS_ALONE, FRESH);
    return divide(
        less(value(figures, "lookup", Subjects.MAPPED, FRESH), strings),
        less(value(figures, "lookup", Subjects.CLIENT_JAVA, FRESH), strings));
  }

  /** Our garbage of a look-up by fresh strings, without the strings. */
  static OptionalDouble freshGarbage(final Figures figures) {
    return less(
        allocated(figures.find("lookup", Subjects.MAPPED, FRESH)),
        allocated(figures.find("lookup", Subjects.STRINGS_ALONE, FRESH)));
  }

  /** By how many percent our page is larger or smaller than client_java's. */
  static OptionalDouble pageDifference(final Figures figures) {
    final OptionalDouble sizes =
        ratio(figures, "page-bytes", BASE, Subjects.MAPPED, Subjects.CLIENT_JAVA);
    return sizes.isEmpty() ? sizes : OptionalDouble.of(Math.abs(sizes.getAsDouble() - 1) * 100);
  }

  private static OptionalDouble value(final Optional<Point> point) {
    return point.isPresent() ? OptionalDouble.of(point.get().value()) : OptionalDouble.empty();
  }

  private static OptionalDouble allocated(final Optional<Point> point) {
    return point.isPresent() && point.get().allocated() != null
        ? OptionalDouble.of(point.get().allocated())
        : OptionalDouble.empty();
  }

  private static OptionalDouble less(final OptionalDouble value, final OptionalDouble cost) {
    return value.isPresent() && cost.isPresent()
        ? OptionalDouble.of(value.getAsDouble() - cost.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble divide(final OptionalDouble value, final OptionalDouble by) {
    return value.isPresent() && value.getAsDouble() > 0 && by.isPresent() && by.getAsDouble() > 0
        ? OptionalDouble.of(value.getAsDouble() / by.getAsDouble())
        : OptionalDouble.empty();
  }
}
