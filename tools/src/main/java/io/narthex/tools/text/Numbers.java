package io.narthex.tools.text;

import java.util.Locale;

/** Numbers in few characters, for people; {@link Values} are for programs. */
public final class Numbers {
  private static final double LARGE = 1e15;

  private Numbers() {}

  /**
   * A whole number, with commas.
   *
   * @param value the number
   * @return such as {@code 10,234}
   */
  public static String count(final long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /**
   * A number of things, with commas.
   *
   * @param value the number
   * @param one what one of them is called
   * @param many what they are called
   * @return such as {@code 1 file} or {@code 10,234 series}
   */
  public static String count(final long value, final String one, final String many) {
    return count(value) + ' ' + (value == 1 ? one : many);
  }

  /**
   * A value with all its digits.
   *
   * @param value any double
   * @return such as {@code 1,234,567} or {@code 0.30000000000000004}
   */
  public static String exact(final double value) {
    return value == Math.rint(value) && Math.abs(value) < LARGE
        ? count((long) value)
        : Values.of(value);
  }

  /**
   * A value: whole numbers with all their digits, others with six.
   *
   * @param value any double
   * @return such as {@code 1,234,567} or {@code 0.0125}; {@code NaN}, {@code +Inf}
   */
  public static String value(final double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    final double size = Math.abs(value);
    if (value == Math.rint(value) && size < LARGE) {
      return String.format(Locale.ROOT, "%,d", (long) value);
    }
    if (size >= LARGE || size < 1e-4) {
      return String.format(Locale.ROOT, "%.4e", value);
    }
    if (size >= 1000) {
      return String.format(Locale.ROOT, "%,.2f", value);
    }
    return trimmed(String.format(Locale.ROOT, "%.6f", value), size);
  }

  /** Six digits that say something, without zeros at the end. */
  private static String trimmed(final String text, final double size) {
    final int keep = size >= 100 ? 3 : size >= 10 ? 4 : size >= 1 ? 5 : 6;
    String shown = text.substring(0, text.indexOf('.') + 1 + keep);
    while (shown.endsWith("0")) {
      shown = shown.substring(0, shown.length() - 1);
    }
    return shown.endsWith(".") ? shown.substring(0, shown.length() - 1) : shown;
  }

  /**
   * A rate, or an empty place where there is none.
   *
   * @param perSecond a rate, or NaN
   * @return such as {@code 1,203} or {@code 0.25}; {@code -} for NaN
   */
  public static String rate(final double perSecond) {
    if (Double.isNaN(perSecond)) {
      return "-";
    }
    final double size = Math.abs(perSecond);
    if (size == 0) {
      return "0";
    }
    if (size >= LARGE) {
      return value(perSecond);
    }
    final String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, perSecond);
  }

  /**
   * A part of a whole.
   *
   * @param part how much
   * @param whole of how much
   * @return such as {@code 62.5%}; {@code -} of nothing
   */
  public static String percent(final long part, final long whole) {
    return whole == 0
        ? "-"
        : String.format(Locale.ROOT, "%.1f%%", 100.0 * (double) part / (double) whole);
  }
}
