package io.narthex.jmh.report;

import io.narthex.jmh.results.Point;
import java.util.Map;
import java.util.Optional;

/** Figures that follow from others; empty where one of those was not measured. */
final class Derived {
  private static final Map<String, String> BASE = Map.of();
  private static final Map<String, String> FRESH = Map.of("strings", "fresh");

  private Derived() {}

  static Optional<Estimate> value(
      final Figures figures,
      final String measure,
      final String subject,
      final Map<String, String> wanted) {
    return figures.find(measure, subject, wanted).map(Estimate::of);
  }

  /** One subject's figure over another's. */
  static Optional<Estimate> ratio(
      final Figures figures,
      final String measure,
      final Map<String, String> wanted,
      final String subject,
      final String over) {
    return divide(value(figures, measure, subject, wanted), value(figures, measure, over, wanted));
  }

  /** Garbage of one operation, for each of its parts. */
  static Optional<Estimate> allocated(
      final Figures figures,
      final String measure,
      final String subject,
      final Map<String, String> wanted,
      final int parts) {
    return allocated(figures.find(measure, subject, wanted))
        .map(bytes -> Estimate.of(bytes.value() / parts));
  }

  /**
   * Both sides less what making the strings costs, since neither library does that. That cost is in
   * both, so the error is rather too large than too small.
   */
  static Optional<Estimate> freshLookup(final Figures figures) {
    final Optional<Estimate> strings = value(figures, "lookup", Subjects.STRINGS_ALONE, FRESH);
    return divide(
        less(value(figures, "lookup", Subjects.MAPPED, FRESH), strings),
        less(value(figures, "lookup", Subjects.CLIENT_JAVA, FRESH), strings));
  }

  /** Our garbage of a look-up by fresh strings, without the strings. */
  static Optional<Estimate> freshGarbage(final Figures figures) {
    return less(
        allocated(figures.find("lookup", Subjects.MAPPED, FRESH)),
        allocated(figures.find("lookup", Subjects.STRINGS_ALONE, FRESH)));
  }

  /** By how many percent our page is larger or smaller than client_java's. */
  static Optional<Estimate> pageDifference(final Figures figures) {
    return ratio(figures, "page-bytes", BASE, Subjects.MAPPED, Subjects.CLIENT_JAVA)
        .map(sizes -> Estimate.of(Math.abs(sizes.value() - 1) * 100));
  }

  private static Optional<Estimate> allocated(final Optional<Point> point) {
    return point.map(Point::allocated).map(Estimate::of);
  }

  private static Optional<Estimate> less(
      final Optional<Estimate> value, final Optional<Estimate> cost) {
    return value.flatMap(from -> cost.map(from::less));
  }

  private static Optional<Estimate> divide(
      final Optional<Estimate> value, final Optional<Estimate> by) {
    return value
        .filter(over -> over.value() > 0)
        .flatMap(over -> by.filter(under -> under.value() > 0).map(over::over));
  }
}
