package io.narthex.backend.mapped;

/**
 * The sums of a series at the moment of its removal. Written once, before a series points to it.
 *
 * <pre>
 *   0                8                16
 *  +----------------+----------------+------------------------
 *  | removed ms     | sums           | sum, 8 bytes each …
 *  +----------------+----------------+------------------------
 * </pre>
 *
 * <p>A counter has two sums: of its whole cells (a long) and of its fractions (a double). A
 * distribution has one per cell: the buckets (longs), then the sum (a double).
 */
final class BaselineDescriptor {
  static final int REMOVED_OFFSET = 0;
  static final int COUNT_OFFSET = 8;
  static final int SUMS_OFFSET = 16;

  private BaselineDescriptor() {}

  static int length(final int sums) {
    return SUMS_OFFSET + sums * Long.BYTES;
  }
}
