package io.narthex.stress.damage;

import io.narthex.backend.mapped.KeyHashes;
import java.nio.ByteBuffer;
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
    return KeyHashes.of(file.getLong(SEED), family, text);
  }
}
