package io.narthex.backend.mapped;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * The shared hash table from keys to records, lock-free across processes.
 *
 * <pre>
 *   63            48 47                                     0
 *  +----------------+----------------------------------------+
 *  | tag: high bits | file offset of the record              |   0: empty
 *  | of the hash    |                                        |
 *  +----------------+----------------------------------------+
 * </pre>
 *
 * <p>A word is written once, by one compare-and-set that publishes a finished record, and never
 * changes again. Hence:
 *
 * <ul>
 *   <li>A key's place is the first word in its window that was empty when it came. Two writers of
 *       one key meet at the same word, and the second finds the first one's record.
 *   <li>A window that is full stays full, so a key may be in segment k + 1 only if its window in
 *       segment k is full, and an empty word ends a look-up.
 *   <li>A writer that is killed has either published its record or not.
 * </ul>
 */
final class RecordIndex {
  /** Returned where the key's windows are full in all segments. */
  static final long NO_ROOM = -1;

  /** Returned where a record that may be the key's lies in a segment that cannot be mapped here. */
  static final long UNREACHABLE = -2;

  private static final int TAG_SHIFT = 48;
  private static final long OFFSET_MASK = (1L << TAG_SHIFT) - 1;

  private final Segments segments;
  private final int window;

  RecordIndex(final Segments segments, final int window) {
    this.segments = segments;
    this.window = window;
  }

  /** The offset in a word. */
  static long offset(final long word) {
    return word & OFFSET_MASK;
  }

  /** Whether a word could be that of a key with this hash. */
  static boolean hasTagOf(final long word, final long hash) {
    return word >>> TAG_SHIFT == hash >>> TAG_SHIFT;
  }

  /**
   * Finds the record of a key.
   *
   * @return its offset, or 0 if there is none, or none that can be reached
   */
  long find(final RecordKey key) {
    return Math.max(0, findOrInsert(key, () -> 0));
  }

  /**
   * Finds the record of a key, or publishes a new one. All in one pass, as what was seen of a
   * window stays true.
   *
   * @param record makes the finished record at the first call and returns its offset, or 0 where
   *     there is nothing to publish; not called if the key has a record
   * @return the offset of the key's record, this one or another's, or 0; {@link #NO_ROOM} if the
   *     index has to grow first; {@link #UNREACHABLE}
   */
  long findOrInsert(final RecordKey key, final LongSupplier record) {
    int k = 0;
    while (true) {
      final Segment[] indexes = segments.ofKind(SegmentDescriptor.KIND_INDEX);
      for (; k < indexes.length; k++) {
        final long found = probe(indexes[k], key, record);
        if (found != NO_ROOM) {
          return found;
        }
      }
      if (!segments.hasMore()) {
        return NO_ROOM;
      }
      segments.refresh();
      if (segments.ofKind(SegmentDescriptor.KIND_INDEX).length == k && segments.hasMore()) {
        return NO_ROOM;
      }
    }
  }

  private long probe(final Segment index, final RecordKey key, final LongSupplier record) {
    final long hash = key.hash();
    final ByteBuffer words = index.mapping.buffer;
    final long base = index.mapping.position(index.mapping.fileOffset);
    final long mask = index.mapping.length / Long.BYTES - 1;
    final long tag = hash & ~OFFSET_MASK;
    for (int i = 0; i < window; i++) {
      final long position = base + ((hash + i) & mask) * Long.BYTES;
      // What is not 0 stays as it is: only an empty word, and what the key's may lead to, need a
      // load that orders what comes after it.
      long word = Memory.ACCESS.getLong(words, position);
      if (word != 0 && !hasTagOf(word, hash)) {
        continue;
      }
      word = Memory.ACCESS.getLongVolatile(words, position);
      if (word == 0) {
        final long made = record.getAsLong();
        if (made == 0) {
          return 0;
        }
        if (Memory.ACCESS.compareAndSetLong(words, position, 0, tag | made)) {
          index.countWord();
          return made;
        }
        word = Memory.ACCESS.getLongVolatile(words, position);
      }
      if (hasTagOf(word, hash)) {
        final long offset = offset(word);
        // Asked first: if its segment were mapped just after the look at the record, the key would
        // seem to be another's, and get a second record.
        final boolean reachable = segments.reach(offset);
        if (key.matches(offset)) {
          return offset;
        }
        if (!reachable) {
          return UNREACHABLE;
        }
      }
    }
    return NO_ROOM;
  }
}
