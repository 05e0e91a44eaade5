package io.narthex.backend.mapped;

/**
 * What every record in a records segment begins with. Records are aligned to 8 bytes; those that
 * the index knows are families and series.
 *
 * <pre>
 *   0        4        8                16               24
 *  +--------+--------+----------------+----------------+
 *  | length | kind   | hash of the key| CRC-32C        |
 *  +--------+--------+----------------+----------------+
 * </pre>
 *
 * <p>The checksum covers the immutable bytes: [0, 16) and from where the kind says to the end.
 */
final class RecordDescriptor {
  static final int LENGTH_OFFSET = 0;
  static final int KIND_OFFSET = 4;
  static final int HASH_OFFSET = 8;
  static final int CHECKSUM_OFFSET = 16;
  static final int PREFIX_LENGTH = 24;

  static final int KIND_FAMILY = 1;
  static final int KIND_SERIES = 2;

  /** No record is longer; a larger length in a file is damage. */
  static final int MAX_LENGTH = 1 << 20;

  private RecordDescriptor() {}

  static int align(final int length) {
    return (length + 7) & ~7;
  }
}
