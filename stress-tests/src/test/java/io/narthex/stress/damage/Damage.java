package io.narthex.stress.damage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages a copy of a file in a way that a seed decides: in one region on purpose, so that all of
 * them have the same share of the seeds, and often in others too. Of a file that grew the first
 * damage is in a later segment, if the region is in one.
 */
final class Damage {
  private static final Region[] REGIONS = Region.values();
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final Fields fields;
  private final Hurt hurt;
  private final Random random;
  private final byte[] whole;
  private final Region region;
  private byte[] bytes;
  private boolean repaired;

  private Damage(final Sample sample, final long seed) {
    this.fields = sample.fields();
    this.random = new Random(seed * SPREAD); // seeds side by side begin alike
    this.hurt = new Hurt(random, fields);
    this.whole = sample.whole();
    this.bytes = whole.clone();
    this.region = REGIONS[(int) Math.floorMod(seed, (long) REGIONS.length)];
  }

  static Damage of(final Sample sample, final long seed) {
    final Damage damage = new Damage(sample, seed);
    damage.inflict();
    return damage;
  }

  byte[] bytes() {
    return bytes;
  }

  /** The one that it was aimed at. */
  Region region() {
    return region;
  }

  /** Whether checksums were made right again, so that the file may say what nobody ever wrote. */
  boolean isRepaired() {
    return repaired;
  }

  private void inflict() {
    wound(fields.aims(region));
    final int more = random.nextInt(1 + random.nextInt(7));
    for (int i = 0; i < more; i++) {
      wound(fields.of(random.nextBoolean() ? region : REGIONS[random.nextInt(REGIONS.length)]));
    }
    // Half of them with right checksums, so that what the checksums guard is reached.
    repaired = random.nextBoolean();
    if (repaired) {
      FileLayout.repair(bytes, whole);
    }
    if (region == Region.LENGTH || random.nextInt(40) == 0) {
      bytes = resized();
    }
  }

  private void wound(final List<Fields.Field> possible) {
    if (possible.isEmpty()) {
      smear(random.nextInt(bytes.length));
      return;
    }
    final Fields.Field field = possible.get(random.nextInt(possible.size()));
    if (random.nextInt(8) == 0) {
      smear(field.at());
    } else {
      hurt.into(FileLayout.buffer(bytes), field);
    }
  }

  /** Fills some bytes, or puts others from somewhere else in their place. */
  private void smear(final int at) {
    final int end = Math.min(bytes.length, at + 1 + random.nextInt(64));
    if (random.nextBoolean()) {
      Arrays.fill(bytes, at, end, random.nextBoolean() ? 0 : (byte) 0xff);
    } else {
      final int from = random.nextInt(bytes.length - (end - at)) & ~7;
      System.arraycopy(bytes.clone(), from, bytes, at, end - at);
    }
  }

  private byte[] resized() {
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length / 4096 + 1) * 4096);
      case 1 -> Arrays.copyOf(bytes, border());
      case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      default -> longer();
    };
  }

  /** Where some field begins or ends. */
  private int border() {
    List<Fields.Field> possible;
    do {
      possible = fields.of(REGIONS[random.nextInt(REGIONS.length)]);
    } while (possible.isEmpty());
    final Fields.Field field = possible.get(random.nextInt(possible.size()));
    return field.at() + (random.nextBoolean() ? field.width() : 0);
  }

  private byte[] longer() {
    final byte[] longer = Arrays.copyOf(bytes, bytes.length + random.nextInt(1 << 17));
    if (random.nextBoolean()) {
      final byte[] more = new byte[longer.length - bytes.length];
      random.nextBytes(more);
      ByteBuffer.wrap(longer).put(bytes.length, more);
    }
    return longer;
  }
}
