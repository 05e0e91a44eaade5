package io.narthex.jmh.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One figure: a subject measured in one way under one set of parameters.
 *
 * @param measure what was done, such as {@code counter-inc}; all points of one measure can be
 *     compared
 * @param subject who did it, such as {@code narthex mapped} or {@code client_java}
 * @param parameters what else was chosen, by name, such as {@code threads} to {@code 2}; in the
 *     order of the map
 * @param unit of the value, such as {@code ns/op} or {@code B}
 * @param value the figure; lower is better unless the measure says otherwise
 * @param error half the 99.9 % confidence interval, in the same unit; null where there is none
 * @param allocated bytes of garbage per operation; null where it was not measured
 */
public record Point(
    String measure,
    String subject,
    Map<String, String> parameters,
    String unit,
    double value,
    Double error,
    Double allocated) {
  /** Checks that the figure says what it is. */
  public Point {
    Objects.requireNonNull(measure, "measure");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(unit, "unit");
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** A figure without error and garbage. */
  public static Point of(
      final String measure,
      final String subject,
      final Map<String, String> parameters,
      final String unit,
      final double value) {
    return new Point(measure, subject, parameters, unit, value, null, null);
  }

  /** The parameter of that name; empty where there is none. */
  public String parameter(final String name) {
    return parameters.getOrDefault(name, "");
  }
}
