package io.narthex.stress.damage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Damages a copy of a file in a way that a seed decides, and aims at the parts that matter. */
final class Damage {
  private static final long[] NASTY = {
    0,
    1,
    -1,
    7,
    8,
    4096,
    1 << 16,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    (1L << 48) - 8,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0x7ff8_0000_0000_0000L
  };

  private final Random random;
  private final byte[] bytes;

  private Damage(final long seed, final byte[] whole) {
    this.random = new Random(seed);
    this.bytes = whole.clone();
  }

  static byte[] of(final byte[] whole, final long seed) {
    final Damage damage = new Damage(seed, whole);
    final int wounds = 1 + damage.random.nextInt(1 + (int) Math.floorMod(seed, 7L));
    for (int i = 0; i < wounds; i++) {
      damage.wound(damage.place(whole));
    }
    // Half of them with right checksums, so that what the checksums guard is reached.
    if (damage.random.nextBoolean()) {
      FileLayout.repair(damage.bytes, whole);
    }
    return damage.random.nextInt(20) == 0 ? damage.cut() : damage.bytes;
  }

  private int place(final byte[] whole) {
    final int[] index = FileLayout.segment(whole, 0);
    final int[] records = FileLayout.segment(whole, 1);
    final int[] cells = FileLayout.segment(whole, 2);
    return switch (random.nextInt(10)) {
      case 0 -> random.nextInt(192);
      case 1 -> FileLayout.DIRECTORY + random.nextInt(4 * FileLayout.ROW);
      case 2, 3 -> used(index);
      case 4, 5, 6, 7 -> used(records);
      case 8 -> used(cells);
      default -> random.nextInt(bytes.length);
    };
  }

  /** A place at or near something that is not zero. */
  private int used(final int[] range) {
    int at = range[0] + random.nextInt(range[1] - range[0]);
    for (int i = 0; i < range[1] - range[0] && bytes[at] == 0; i++) {
      at = at + 1 < range[1] ? at + 1 : range[0];
    }
    return Math.min(range[1] - 1, at + random.nextInt(40));
  }

  private void wound(final int at) {
    final int word = Math.min(at & ~7, bytes.length - Long.BYTES);
    final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    final int end = Math.min(bytes.length, at + 1 + random.nextInt(64));
    switch (random.nextInt(8)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> buffer.putLong(word, random.nextLong());
      case 3 -> buffer.putLong(word, NASTY[random.nextInt(NASTY.length)]);
      case 4 -> buffer.putInt(word + 4 * random.nextInt(2), (int) nasty());
      case 5 -> buffer.putLong(word, buffer.getLong(word) + 8L * (random.nextInt(65) - 32));
      case 6 -> Arrays.fill(bytes, at, end, random.nextBoolean() ? 0 : (byte) 0xff);
      default -> System.arraycopy(whole(end - at), 0, bytes, at, end - at);
    }
  }

  private long nasty() {
    return NASTY[random.nextInt(NASTY.length)] + random.nextInt(3) - 1;
  }

  /** A piece of the file from somewhere else. */
  private byte[] whole(final int length) {
    final int from = random.nextInt(bytes.length - length) & ~7;
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  private byte[] cut() {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length + bytes.length / 4));
  }
}
