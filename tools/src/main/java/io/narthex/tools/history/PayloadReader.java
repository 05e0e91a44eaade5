package io.narthex.tools.history;

import java.nio.charset.StandardCharsets;

/** Reads what a {@link PayloadWriter} wrote; what is not so is a {@link DamageException}. */
final class PayloadReader {
  private final byte[] bytes;
  private int at;

  PayloadReader(final byte[] bytes) {
    this.bytes = bytes;
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }

  long number() throws DamageException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      final byte next = next();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new DamageException("a number has no end");
  }

  /** A number of things that have a byte each at least, so that nobody is made to believe more. */
  int count() throws DamageException {
    return below((long) bytes.length - at + 1, "things");
  }

  /** A number that has to be below another one. */
  int below(final long limit, final String what) throws DamageException {
    final long value = number();
    if (value < 0 || value >= limit) {
      throw new DamageException("it tells of " + what + " that there are not");
    }
    return (int) value;
  }

  long signed() throws DamageException {
    final long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  double bits() throws DamageException {
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits |= (next() & 0xFFL) << (8 * i);
    }
    return Double.longBitsToDouble(bits);
  }

  double difference(final double from) throws DamageException {
    final long value = number();
    if (value == PayloadWriter.AS_IT_IS) {
      return bits();
    }
    if ((value & 1) != 0 || !PayloadWriter.isWhole(from)) {
      throw new DamageException("a number is neither itself nor a difference");
    }
    final long zigzag = value >>> 1;
    return (double) ((long) from + ((zigzag >>> 1) ^ -(zigzag & 1)));
  }

  String text() throws DamageException {
    final int length = count();
    if (length > bytes.length - at) {
      throw new DamageException("a text goes beyond the end");
    }
    final String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private byte next() throws DamageException {
    if (at == bytes.length) {
      throw new DamageException("it ends too early");
    }
    return bytes[at++];
  }
}
