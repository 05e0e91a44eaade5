package io.narthex.stress.damage;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Picks what to put into a field: numbers that are known to hurt, and offsets of something else.
 */
final class Hurt {
  private static final String NASTY_CHARACTERS = "\"\\\n\r\0 ,=}{#\u007f";
  private static final long[] NASTY = {
    0,
    1,
    2,
    3,
    4,
    -1,
    7,
    8,
    71,
    72,
    95,
    96,
    97,
    512,
    4096,
    1 << 16,
    1 << 20,
    (1 << 20) + 8,
    1 << 30,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    (1L << 48) - 8,
    1L << 61,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE - 7,
    0x7ff0_0000_0000_0000L,
    0x7ff8_0000_0000_0000L,
    0x7ff8_6e61_7274_6878L // the bits of a value that is not set
  };

  private final Random random;
  private final Fields fields;

  Hurt(final Random random, final Fields fields) {
    this.random = random;
    this.fields = fields;
  }

  /** Puts something else into a field of a file. */
  void into(final ByteBuffer file, final Fields.Field field) {
    final int at = field.at();
    switch (field.width()) {
      case 1 -> file.put(at, character(file.get(at)));
      case Integer.BYTES -> file.putInt(at, (int) value(file.getInt(at), field, file.capacity()));
      default -> file.putLong(at, value(file.getLong(at), field, file.capacity()));
    }
  }

  private byte character(final byte old) {
    return switch (random.nextInt(3)) {
      case 0 -> (byte) NASTY_CHARACTERS.charAt(random.nextInt(NASTY_CHARACTERS.length()));
      case 1 -> (byte) (old ^ (1 << random.nextInt(8)));
      default -> (byte) random.nextInt();
    };
  }

  private long value(final long old, final Fields.Field field, final int length) {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1, 2 -> NASTY[random.nextInt(NASTY.length)];
      case 3 -> old + (random.nextBoolean() ? 1 : -1);
      case 4 -> old + 8L * (random.nextInt(65) - 32);
      case 5 -> old ^ (1L << random.nextInt(Long.SIZE));
      case 6 -> length - 8L * random.nextInt(4);
      case 7 -> offset();
      case 8 -> field.owner();
      // Of an index word, which goes on having its key's tag, or of a word of another kind of tag.
      case 9 -> (old & ~FileLayout.OFFSET_MASK) | offset();
      case 10 -> NASTY[random.nextInt(NASTY.length)] + random.nextInt(3) - 1;
      default -> random.nextLong();
    };
  }

  private long offset() {
    return fields.offsets().get(random.nextInt(fields.offsets().size()));
  }
}
