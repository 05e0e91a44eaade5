package io.narthex.backend.mapped;

/**
 * A series' record. A series is found by its family's offset and its label text.
 *
 * <pre>
 *   0                8                16               24
 *  +----------------+----------------+----------------+----------------+
 *  | record prefix (RecordDescriptor)                 | family offset  |
 *  +----------------+----------------+--------+-------+----------------+
 * 32| created ms     | cells at       | cells  | text  |
 *  +----------------+----------------+--------+-------+----------------+
 * 56| value (atomic) | fraction (CAS) | baseline (CAS) | last change, 0 |
 *  +----------------+----------------+----------------+----------------+
 * 88| extension, 0   | label text in UTF-8, zero-padded to 8 …
 *  +----------------+--------------------------------------------------
 * </pre>
 *
 * <ul>
 *   <li>cells at: file offset of the first cell in stripe 0; a counter has 1 cell, a distribution
 *       one per bucket and one for the sum (a double); 0 and no cells for the others.
 *   <li>value: the bits of a double. The value of a gauge, info or state set, {@link #UNSET} where
 *       there is none; of a counter the amounts that found no room for a fraction cell.
 *   <li>fraction: file offset of a striped double cell for a counter's amounts that are not whole
 *       or too large, 0 until there is one.
 *   <li>baseline: file offset of a {@link BaselineDescriptor} whose sums are to be subtracted, 0
 *       for none; with {@link #HIDDEN} added, the series is not shown until its sums have changed
 *       since.
 *   <li>last change and extension are room for later versions.
 * </ul>
 *
 * <p>The checksum covers [0, 16), [24, 56) and [96, length).
 */
final class SeriesRecordDescriptor {
  static final int FAMILY_OFFSET = 24;
  static final int CREATED_OFFSET = 32;
  static final int CELLS_OFFSET = 40;
  static final int CELL_COUNT_OFFSET = 48;
  static final int TEXT_LENGTH_OFFSET = 52;
  static final int VALUE_OFFSET = 56;
  static final int FRACTION_OFFSET = 64;
  static final int BASELINE_OFFSET = 72;
  static final int LAST_CHANGE_OFFSET = 80;
  static final int EXTENSION_OFFSET = 88;
  static final int TEXT_OFFSET = 96;

  /** The bit in the baseline word that hides a series until its sums change. */
  static final long HIDDEN = 1;

  /** A NaN of this payload is no value; a NaN that a user sets is stored as the canonical one. */
  static final long UNSET = 0x7ff8_6e61_7274_6878L;

  private SeriesRecordDescriptor() {}
}
