package io.narthex.exposition;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as both text formats write them, straight into a byte array and without garbage. Every
 * text reads back as the same double, and has no more digits than it takes.
 */
final class DecimalText {
  /** No number is longer. */
  static final int MAX_LENGTH = 32;

  /** Beyond this many digits before the point a value is written with an exponent. */
  private static final int VALUE_DIGITS = 17;

  /** Go's {@code %g} is less patient. */
  private static final int CANONICAL_DIGITS = 6;

  /** Before this many zeros after the point both write an exponent. */
  private static final int MAX_LEADING_ZEROS = 3;

  private static final double EXACT_WHOLE = 0x1p53;
  private static final byte[] NAN = ascii("NaN");
  private static final byte[] PLUS_INF = ascii("+Inf");
  private static final byte[] MINUS_INF = ascii("-Inf");
  private static final byte[] LONG_MIN_DIGITS = ascii("9223372036854775808");
  private static final byte[] PAIRS = pairs();
  private static final long[] POWERS_OF_TEN = powersOfTen();

  private DecimalText() {}

  /**
   * Puts a value: {@code 17.0}, {@code 0.25}, {@code 1.5e+300}, {@code +Inf}.
   *
   * @return the index after its last byte
   */
  static int putDouble(final double value, final byte[] target, final int at) {
    final long whole = (long) value;
    if (whole == value && Math.abs(value) < EXACT_WHOLE && !isMinusZero(value)) {
      final int end = putLong(whole, target, at);
      target[end] = '.';
      target[end + 1] = '0';
      return end + 2;
    }
    return putAny(value, VALUE_DIGITS, target, at);
  }

  /** Puts a whole number. */
  static int putLong(final long value, final byte[] target, final int at) {
    if (value < 0) {
      target[at] = '-';
      return putDigits(-value, target, at + 1);
    }
    return putDigits(value, target, at);
  }

  /** Puts milliseconds as seconds with three decimals. */
  static int putMillisAsSeconds(final long millis, final byte[] target, final int at) {
    final int end = putLong(millis / 1000, target, at);
    final int rest = (int) (millis % 1000);
    target[end] = '.';
    target[end + 1] = (byte) ('0' + rest / 100);
    target[end + 2] = (byte) ('0' + rest / 10 % 10);
    target[end + 3] = (byte) ('0' + rest % 10);
    return end + 4;
  }

  /**
   * The text of a bucket bound as Go prints it, with {@code .0} on whole numbers: {@code 1.0},
   * {@code 1e+06}. It is a label value, so that all programs of the world have to agree on it.
   */
  static String canonical(final double value) {
    final byte[] text = new byte[MAX_LENGTH];
    return new String(text, 0, putAny(value, CANONICAL_DIGITS, text, 0), StandardCharsets.US_ASCII);
  }

  private static int putAny(
      final double value, final int maxWholeDigits, final byte[] target, final int at) {
    if (Double.isNaN(value)) {
      return put(NAN, target, at);
    }
    if (Double.isInfinite(value)) {
      return put(value > 0 ? PLUS_INF : MINUS_INF, target, at);
    }
    int end = at;
    if (value < 0 || isMinusZero(value)) {
      target[end++] = '-';
    }
    if (value == 0) {
      target[end] = '0';
      target[end + 1] = '.';
      target[end + 2] = '0';
      return end + 3;
    }
    long digits = ShortestDecimal.digits(value);
    int exponent = ShortestDecimal.exponent(value);
    while (digits % 100_000_000 == 0) {
      digits /= 100_000_000;
      exponent += 8;
    }
    while (digits % 10 == 0) {
      digits /= 10;
      exponent++;
    }
    final int count = digitCount(digits);
    final int point = count + exponent;
    if (point > maxWholeDigits || point < -MAX_LEADING_ZEROS) {
      return putScientific(digits, count, point - 1, target, end);
    }
    return putPlain(digits, count, point, target, end);
  }

  /** Puts 0.ddd · 10^point without an exponent. */
  private static int putPlain(
      final long digits, final int count, final int point, final byte[] target, final int at) {
    if (point <= 0) {
      target[at] = '0';
      target[at + 1] = '.';
      int end = at + 2;
      for (int i = point; i < 0; i++) {
        target[end++] = '0';
      }
      return putDigits(digits, target, end);
    }
    int end = putDigits(digits, target, at);
    if (point < count) {
      System.arraycopy(target, at + point, target, at + point + 1, count - point);
      target[at + point] = '.';
      return end + 1;
    }
    for (int i = count; i < point; i++) {
      target[end++] = '0';
    }
    target[end] = '.';
    target[end + 1] = '0';
    return end + 2;
  }

  /** Puts d.dd · 10^exponent; the exponent has a sign and two digits at least. */
  private static int putScientific(
      final long digits, final int count, final int exponent, final byte[] target, final int at) {
    int end = putDigits(digits, target, at);
    if (count > 1) {
      System.arraycopy(target, at + 1, target, at + 2, count - 1);
      target[at + 1] = '.';
      end++;
    }
    target[end] = 'e';
    target[end + 1] = (byte) (exponent < 0 ? '-' : '+');
    end += 2;
    final int size = Math.abs(exponent);
    if (size < 10) {
      target[end++] = '0';
    }
    return putDigits(size, target, end);
  }

  /** Puts the digits of a number that is not negative, two at a time. */
  private static int putDigits(final long value, final byte[] target, final int at) {
    if (value < 0) {
      // Only Long.MIN_VALUE has no positive counterpart.
      return put(LONG_MIN_DIGITS, target, at);
    }
    final int end = at + digitCount(value);
    int i = end;
    long rest = value;
    while (rest > Integer.MAX_VALUE) {
      final long next = rest / 100;
      i -= 2;
      putPair((int) (rest - next * 100), target, i);
      rest = next;
    }
    int small = (int) rest;
    while (small >= 100) {
      final int next = small / 100;
      i -= 2;
      putPair(small - next * 100, target, i);
      small = next;
    }
    if (small >= 10) {
      putPair(small, target, i - 2);
    } else {
      target[i - 1] = (byte) ('0' + small);
    }
    return end;
  }

  private static void putPair(final int value, final byte[] target, final int at) {
    target[at] = PAIRS[value << 1];
    target[at + 1] = PAIRS[(value << 1) | 1];
  }

  private static int digitCount(final long value) {
    // 1233 / 4096 is log10(2) as far as 63 bits need it; it may be one too high.
    final int guess = ((Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233) >>> 12;
    return value < POWERS_OF_TEN[guess] && guess > 0 ? guess : guess + 1;
  }

  private static byte[] pairs() {
    final byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[i << 1] = (byte) ('0' + i / 10);
      pairs[(i << 1) | 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }

  private static long[] powersOfTen() {
    final long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  private static boolean isMinusZero(final double value) {
    return Double.doubleToRawLongBits(value) == Long.MIN_VALUE;
  }

  private static int put(final byte[] text, final byte[] target, final int at) {
    System.arraycopy(text, 0, target, at, text.length);
    return at + text.length;
  }

  private static byte[] ascii(final String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
