package io.narthex.tools.file;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Who has which bytes of records and which cells: one bit for each 8 bytes, so that to find what
 * two have in common takes no more time than to read it.
 */
final class Ownership {
  private final Map<Integer, BitSet> taken = new HashMap<>();
  private final Map<Integer, Long> units = new HashMap<>();

  /**
   * Takes a range that lies in a segment, in stripe 0 if it is one of cells.
   *
   * @return false if somebody has a part of it already; then all of it is taken all the same
   */
  boolean take(final Segment segment, final long offset, final long length) {
    final BitSet bits = taken.computeIfAbsent(segment.row(), row -> new BitSet());
    final int from = (int) ((offset - segment.offset()) / Long.BYTES);
    final int to = (int) ((offset - segment.offset() + length + 7) / Long.BYTES);
    final int next = bits.nextSetBit(from);
    bits.set(from, to);
    units.merge(segment.row(), (long) to - from, Long::sum);
    return next < 0 || next >= to;
  }

  /** How many bytes of a segment, or of its first stripe, were taken. */
  long bytes(final Segment segment) {
    return units.getOrDefault(segment.row(), 0L) * Long.BYTES;
  }
}
