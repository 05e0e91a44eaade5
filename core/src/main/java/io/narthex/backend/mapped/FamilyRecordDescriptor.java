package io.narthex.backend.mapped;

/**
 * A family's record.
 *
 * <pre>
 *   0                8                16               24
 *  +----------------+----------------+----------------+----------------+
 *  | record prefix (RecordDescriptor)                 | state (atomic) |
 *  +--------+-------+----------------+--------+-------+--------+-------+
 * 32| series (atomic)| type   | mode  | created ms     | labels | bounds|
 *  +--------+-------+----------------+----------------+--------+-------+
 * 64| states | 0     | bounds: 8 bytes each … | name | help | unit | label names … | states …
 *  +--------+-------+------------------------+------------------------------------------
 * </pre>
 *
 * <p>Each string is a 4-byte length and that many bytes of UTF-8, without padding between them. The
 * checksum covers [0, 16) and [40, length). The number of series is that of {@link SeriesCap}.
 *
 * <p>A family is found by its name. Its state decides: of two families whose names overlap, at most
 * one becomes active.
 *
 * <pre>
 *            both settle their names
 *   PENDING ------------------------&gt; ACTIVE ---- unregister ----&gt; RETIRED
 *      |
 *      +---- an overlapping family was first ----&gt; REJECTED
 * </pre>
 */
final class FamilyRecordDescriptor {
  static final int STATE_OFFSET = 24;
  static final int SERIES_COUNT_OFFSET = 32;
  static final int IMMUTABLE_OFFSET = 40;
  static final int TYPE_OFFSET = 40;
  static final int MODE_OFFSET = 44;
  static final int CREATED_OFFSET = 48;
  static final int LABEL_COUNT_OFFSET = 56;
  static final int BOUND_COUNT_OFFSET = 60;
  static final int STATE_COUNT_OFFSET = 64;
  static final int BODY_OFFSET = 72;

  static final long PENDING = 0;
  static final long ACTIVE = 1;
  static final long REJECTED = 2;
  static final long RETIRED = 3;

  private FamilyRecordDescriptor() {}
}
