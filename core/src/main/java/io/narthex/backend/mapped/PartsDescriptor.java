package io.narthex.backend.mapped;

/**
 * How the parts of a gauge that each process has for itself are kept, and those of an info. A part
 * is two cells, side by side in one stripe:
 *
 * <pre>
 *   0                8
 *  +----------------+----------------+
 *  | owner (CAS)    | value          |
 *  +----------------+----------------+
 * </pre>
 *
 * <p>Row <i>r</i> of the process table has the part in stripe <i>r</i> mod S of block <i>r</i> / S,
 * where S is the number of stripes, so that processes do not share cache lines. Block 0 is the
 * series' two cells; the others hang in a list at its {@code fraction} word, each in a record block
 * of
 *
 * <pre>
 *   0                8
 *  +----------------+----------------+
 *  | next (CAS)     | cells at       |
 *  +----------------+----------------+
 * </pre>
 *
 * <p>An owner is an incarnation; 0: the part is free. Only the process that has the row takes its
 * part: it stores {@link SeriesRecordDescriptor#UNSET} into the value, then itself as the owner. If
 * the part still has another owner, that one is dead, and has to be retired first.
 *
 * <p>What dead processes leave to a SUM, MIN or MAX is kept in a retired block that the series'
 * {@code baseline} word names, in its low 48 bits; the high 16 count the changes:
 *
 * <pre>
 *   0                8                16
 *  +----------------+----------------+----------------+
 *  | value          | row            | incarnation    |
 *  +----------------+----------------+----------------+
 * </pre>
 *
 * <p>The value has the part of that row in it if that incarnation is still its owner: whoever reads
 * leaves such a part out. So a part is retired by one compare-and-set of the word, and freed by
 * another one of its owner, which anybody may make up for before the word changes again; a process
 * that is killed between the two has retired it once.
 */
final class PartsDescriptor {
  /** A series' cells in each stripe. */
  static final int CELLS = 2;

  static final int VALUE_OFFSET = 8;

  static final int NEXT_OFFSET = 0;
  static final int CELLS_OFFSET = 8;
  static final int BLOCK_LENGTH = 16;

  static final int RETIRED_VALUE_OFFSET = 0;
  static final int RETIRED_ROW_OFFSET = 8;
  static final int RETIRED_INCARNATION_OFFSET = 16;
  static final int RETIRED_LENGTH = 24;

  static final int TAG_SHIFT = 48;
  static final long OFFSET_MASK = (1L << TAG_SHIFT) - 1;

  private PartsDescriptor() {}
}
