package io.narthex.stress.damage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds keys that begin their search at the same word of the oldest index as the name of a family
 * does: once that window is full they go to the next index, however empty the oldest one is.
 */
final class Crowd {
  private static final int SEED = 24;
  private static final int FIRST = 1_000;

  private final ByteBuffer file;
  private final int mask;
  private final long place;

  Crowd(final byte[] bytes, final String name) {
    this.file = FileLayout.buffer(bytes);
    final int[] words = FileLayout.segment(bytes, FileLayout.rowOf(file, FileLayout.INDEX));
    this.mask = (words[1] - words[0]) / Long.BYTES - 1;
    this.place = hash(0, name) & mask;
  }

  /** Values of the label {@code n} with which series of a family meet there. */
  List<String> labels(final int family, final int count) {
    final List<String> labels = new ArrayList<>();
    for (int n = FIRST; labels.size() < count; n++) {
      if ((hash(family, "n=\"n" + n + '"') & mask) == place) {
        labels.add("n" + n);
      }
    }
    return labels;
  }

  private long hash(final long family, final String text) {
    long hash = 0xcbf2_9ce4_8422_2325L ^ file.getLong(SEED) ^ mix(family);
    for (final byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100_0000_01b3L;
    }
    return mix(hash);
  }

  private static long mix(final long value) {
    long mixed = value;
    mixed ^= mixed >>> 33;
    mixed *= 0xff51_afd7_ed55_8ccdL;
    mixed ^= mixed >>> 33;
    mixed *= 0xc4ce_b9fe_1a85_ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
