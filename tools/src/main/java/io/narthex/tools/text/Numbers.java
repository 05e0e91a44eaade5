package io.narthex.tools.text;

import java.util.Locale;

/** Numbers as tables show them, in few characters and for people. */
public final class Numbers {
  private static final double EXACT = 0x1p53;
  private static final double LARGE = 1e15;
  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Numbers() {}

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

  /**
   * A whole number with all its digits.
   *
   * @param number any
   * @return such as {@code 1,234,567}
   */
  public static String whole(final long number) {
    return String.format(Locale.ROOT, "%,d", number);
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
   * What a metric measures, in the unit that its name ends with.
   *
   * @param metric the name of the metric
   * @param value what was measured, or NaN
   * @return such as {@code 1.25ms} for seconds or {@code 3.0MiB} for bytes; {@code -} for NaN
   */
  public static String measured(final String metric, final double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    if (metric.endsWith("_seconds")) {
      return seconds(value);
    }
    return metric.endsWith("_bytes") ? bytes(value) : value(value);
  }

  /**
   * A duration with its unit and three digits or so.
   *
   * @param seconds a duration
   * @return such as {@code 250us}, {@code 1.3ms}, {@code 2.00s}
   */
  public static String seconds(final double seconds) {
    final double size = Math.abs(seconds);
    if (size == 0) {
      return "0s";
    }
    if (size < 0.001) {
      return String.format(Locale.ROOT, "%.0fus", seconds * 1e6);
    }
    if (size < 1) {
      return String.format(Locale.ROOT, "%.1fms", seconds * 1e3);
    }
    return size < LARGE ? String.format(Locale.ROOT, "%.2fs", seconds) : value(seconds) + 's';
  }

  /**
   * A number of bytes with its unit.
   *
   * @param bytes how many
   * @return such as {@code 512B} or {@code 3.0MiB}
   */
  public static String bytes(final double bytes) {
    double shown = bytes;
    int unit = 0;
    while (Math.abs(shown) >= 1024 && unit < BYTES.length - 1) {
      shown /= 1024;
      unit++;
    }
    if (Math.abs(shown) >= EXACT) {
      return value(bytes) + 'B';
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f%s" : "%.1f%s", shown, BYTES[unit]);
  }
}
