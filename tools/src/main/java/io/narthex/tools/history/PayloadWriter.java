package io.narthex.tools.history;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a payload as they are put together: numbers of variable length and texts. */
final class PayloadWriter {
  /** Says that a number follows as it is, and not as a difference. */
  static final int AS_IT_IS = 1;

  private static final double WHOLE_MAX = 0x1p53;

  private byte[] bytes = new byte[1 << 16];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /** A number that is not negative, seven bits at a time, the lowest first. */
  void number(final long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** A number that may be negative, those near zero the shortest. */
  void signed(final long value) {
    number((value << 1) ^ (value >> 63));
  }

  /** A double as it is, bit by bit. */
  void bits(final double value) {
    ensure(8);
    final long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < 8; i++) {
      bytes[length++] = (byte) (bits >>> (8 * i));
    }
  }

  /** A double by its difference to another one, where both are whole: nearly all counts are. */
  void difference(final double from, final double to) {
    if (isWhole(from) && isWhole(to)) {
      final long difference = (long) to - (long) from;
      number(((difference << 1) ^ (difference >> 63)) << 1);
    } else {
      number(AS_IT_IS);
      bits(to);
    }
  }

  static boolean isWhole(final double value) {
    return value == Math.rint(value)
        && Math.abs(value) < WHOLE_MAX
        && Double.doubleToRawLongBits(value) != Long.MIN_VALUE;
  }

  void text(final String text) {
    final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  void append(final PayloadWriter other) {
    ensure(other.length);
    System.arraycopy(other.bytes, 0, bytes, length, other.length);
    length += other.length;
  }

  private void ensure(final int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
