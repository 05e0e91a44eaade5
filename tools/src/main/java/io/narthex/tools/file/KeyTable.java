package io.narthex.tools.file;

import java.util.function.LongPredicate;

/** The records that were seen, by the hashes of their keys, which stand in the records. */
final class KeyTable {
  private final FileImage image;
  private long[] offsets = new long[1 << 10];
  private int size;

  KeyTable(final FileImage image) {
    this.image = image;
  }

  /**
   * Puts a record in, unless there is one of its key already.
   *
   * @param same whether the record at an offset, whose hash is the same, has the key
   * @return the offset of the other one, or 0
   */
  long put(final long hash, final long offset, final LongPredicate same) {
    if (size > offsets.length / 2) {
      grow();
    }
    int at = slot(hash);
    while (offsets[at] != 0) {
      if (hashOf(offsets[at]) == hash && same.test(offsets[at])) {
        return offsets[at];
      }
      at = (at + 1) & (offsets.length - 1);
    }
    offsets[at] = offset;
    size++;
    return 0;
  }

  private long hashOf(final long offset) {
    return image.getLong(offset + 8);
  }

  private int slot(final long hash) {
    return (int) ((hash ^ (hash >>> 32)) & (offsets.length - 1));
  }

  private void grow() {
    final long[] old = offsets;
    offsets = new long[old.length * 2];
    for (final long offset : old) {
      if (offset != 0) {
        int at = slot(hashOf(offset));
        while (offsets[at] != 0) {
          at = (at + 1) & (offsets.length - 1);
        }
        offsets[at] = offset;
      }
    }
  }
}
