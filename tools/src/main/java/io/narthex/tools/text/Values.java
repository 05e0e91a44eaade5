package io.narthex.tools.text;

/** Metric values as text that reads back as the same number. */
public final class Values {
  /** Up to here every whole number is a double. */
  private static final double WHOLE_MAX = 1L << 53;

  private Values() {}

  /**
   * A value, a whole one without a decimal point.
   *
   * @param value the value
   * @return such as {@code 3}, {@code 0.25}, {@code NaN} or {@code +Inf}
   */
  public static String of(final double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == Math.rint(value) && Math.abs(value) < WHOLE_MAX && (value != 0 || 1 / value > 0)) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }
}
