package io.narthex.backend.redis;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Numbers as servers, Lua and Python read and write them. */
final class Numbers {
  private static final double WHOLE = 0x1p53;

  private Numbers() {}

  static String text(final double value) {
    if (value == (long) value && Math.abs(value) < WHOLE) {
      return Long.toString((long) value);
    }
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return Double.toString(value);
  }

  /**
   * Reads what somebody wrote.
   *
   * @return the number, or null if it is none
   */
  static Double number(final byte[] text) {
    final String s = new String(text, StandardCharsets.US_ASCII).trim();
    return switch (s.toLowerCase(Locale.ROOT)) {
      case "nan", "-nan", "+nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> finite(s);
    };
  }

  private static Double finite(final String text) {
    try {
      return Double.valueOf(text);
    } catch (final NumberFormatException e) {
      return null;
    }
  }

  /** Whether it is a whole number without sign, of a size that Lua can tell from its neighbours. */
  static boolean isWhole(final String text) {
    return text.matches("[0-9]{1,16}") && Long.parseLong(text) <= (long) WHOLE;
  }

  /** Compares two whole numbers without sign, of any size. */
  static int compareWhole(final String a, final String b) {
    return a.length() != b.length() ? a.length() - b.length() : a.compareTo(b);
  }

  /** The whole number at the end of a word, or -1. */
  static int index(final String word, final int from) {
    try {
      return Integer.parseUnsignedInt(word.substring(from));
    } catch (final NumberFormatException e) {
      return -1;
    }
  }
}
