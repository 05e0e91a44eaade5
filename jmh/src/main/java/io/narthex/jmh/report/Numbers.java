package io.narthex.jmh.report;

import io.narthex.jmh.results.Point;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Figures as text, alike in all places. */
final class Numbers {
  /** Numbers by size, then other words such as {@code max}. */
  static final Comparator<String> BY_SIZE =
      Comparator.comparingDouble(Numbers::size).thenComparing(Comparator.naturalOrder());

  /** Stands for what there is no figure of. */
  static final String NONE = "–";

  private static final List<String> TIMES = List.of("ns", "µs", "ms", "s");

  private Numbers() {}

  /** Three digits that count, or all of a large whole number. */
  static String text(final double value) {
    final double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    final String pattern =
        size >= 99.95 ? "%,.0f" : size >= 9.995 ? "%.1f" : size >= 0.9995 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, pattern, value);
  }

  /** Half an interval: two digits that count. */
  static String error(final double value) {
    final String pattern =
        value >= 9.95 ? "%,.0f" : value >= 0.995 ? "%.1f" : value >= 0.0995 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, pattern, value);
  }

  /** A point's value in the unit that reads best, without "per operation". */
  static String quantity(final Point point) {
    final String unit = point.unit().replaceFirst("/op$", "");
    final int from = TIMES.indexOf(unit);
    if (from < 0) {
      return text(point.value()) + ' ' + unit;
    }
    double value = point.value();
    int at = from;
    while (value >= 1_000 && at < TIMES.size() - 1) {
      value /= 1_000;
      at++;
    }
    return text(value) + ' ' + TIMES.get(at);
  }

  /** Garbage with its unit, of whatever size. */
  static String bytes(final double bytes) {
    if (bytes >= 10e6) {
      return text(bytes / 1e6) + " MB";
    }
    return bytes >= 10e3 ? text(bytes / 1e3) + " kB" : garbage(bytes) + " B";
  }

  /** Bytes per operation; what is below a twentieth of a byte is the profiler's own noise. */
  static String garbage(final double bytes) {
    if (bytes < 0.05) {
      return "0";
    }
    return String.format(Locale.ROOT, bytes < 10 ? "%.1f" : "%,.0f", bytes);
  }

  /** The point's garbage; a dash where it was not measured. */
  static String garbage(final Point point) {
    return point.allocated() == null ? NONE : garbage(point.allocated());
  }

  /** With its error, where it has one. */
  static String text(final Estimate figure) {
    final String value = text(figure.value());
    return figure.hasError() ? value + " ± " + error(figure.error()) : value;
  }

  /** Small ratios as a fraction, which is how targets give them. */
  static String ratio(final Estimate ratio) {
    if (ratio.value() <= 0 || ratio.value() >= 0.1) {
      return text(ratio);
    }
    final String under = text(new Estimate(1, 0).over(ratio));
    return ratio.hasError() ? "1/(" + under + ")" : "1/" + under;
  }

  /** A parameter's value: digits in groups, words as they are. */
  static String parameter(final String value) {
    return value.matches("[0-9]{4,15}")
        ? String.format(Locale.ROOT, "%,d", Long.parseLong(value))
        : value;
  }

  private static double size(final String value) {
    return value.matches("[0-9]+(\\.[0-9]+)?") ? Double.parseDouble(value) : Double.MAX_VALUE;
  }
}
