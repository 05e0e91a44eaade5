package io.narthex.tools.text;

import java.util.Locale;

/** Measured amounts with their units, in three digits or so. */
public final class Units {
  private static final double LARGE = 1e15;
  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Units() {}

  /**
   * What a metric measures, in the unit that its name ends with.
   *
   * @param metric the name of the metric
   * @param value what was measured, or NaN
   * @return such as {@code 1.2 ms} for seconds or {@code 3.0 MiB} for bytes; {@code -} for NaN
   */
  public static String measured(final String metric, final double value) {
    if (metric.endsWith("_seconds")) {
      return seconds(value);
    }
    return Double.isNaN(value)
        ? "-"
        : metric.endsWith("_bytes") ? bytes(value) : Numbers.value(value);
  }

  /**
   * A duration with its unit and three digits or so.
   *
   * @param seconds a duration, or NaN
   * @return such as {@code 250 us}, {@code 1.3 ms}, {@code 2.00 s}; {@code -} for NaN
   */
  public static String seconds(final double seconds) {
    if (Double.isNaN(seconds)) {
      return "-";
    }
    final double size = Math.abs(seconds);
    if (size == 0) {
      return "0 s";
    }
    if (size < 0.001) {
      return String.format(Locale.ROOT, "%.0f us", seconds * 1e6);
    }
    if (size < 1) {
      return String.format(Locale.ROOT, "%.1f ms", seconds * 1e3);
    }
    return size < LARGE
        ? String.format(Locale.ROOT, "%.2f s", seconds)
        : Numbers.value(seconds) + " s";
  }

  /**
   * A number of bytes in a binary unit.
   *
   * @param bytes how many
   * @return such as {@code 512 B} or {@code 3.0 MiB}
   */
  public static String bytes(final long bytes) {
    return bytes((double) bytes);
  }

  private static String bytes(final double bytes) {
    double shown = bytes;
    int unit = 0;
    while (Math.abs(shown) >= 1024 && unit < BYTES.length - 1) {
      shown /= 1024;
      unit++;
    }
    if (Math.abs(shown) >= LARGE) {
      return Numbers.value(bytes) + " B";
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", shown, BYTES[unit]);
  }
}
