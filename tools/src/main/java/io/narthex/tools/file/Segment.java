package io.narthex.tools.file;

import java.util.function.LongUnaryOperator;

/**
 * A row of the segment directory, right or wrong.
 *
 * @param row its number
 * @param checksum what is stored
 */
record Segment(
    int row,
    long kind,
    long offset,
    long length,
    long stripes,
    long stride,
    long checksum,
    long used) {

  static Segment read(final FileImage image, final int row) {
    return read(image::getLong, row);
  }

  /** Reads it from whatever has the words of the file. */
  static Segment read(final LongUnaryOperator words, final int row) {
    final long at = rowAt(row);
    return new Segment(
        row,
        words.applyAsLong(at),
        words.applyAsLong(at + 8),
        words.applyAsLong(at + 16),
        words.applyAsLong(at + 24),
        words.applyAsLong(at + 32),
        words.applyAsLong(at + 40),
        words.applyAsLong(at + 48));
  }

  static long rowAt(final int row) {
    return Layout.DIRECTORY_AT + (long) row * Layout.ROW;
  }

  long at() {
    return rowAt(row);
  }

  long usedAt() {
    return at() + 48;
  }

  long end() {
    return offset + length;
  }

  /** In words of an index, bytes of records, or cells of one stripe. */
  long capacity() {
    return kind == Layout.INDEX
        ? length / Long.BYTES
        : kind == Layout.CELLS ? stride / Long.BYTES : length;
  }

  /** The bytes that a unit of the capacity takes. */
  long unit() {
    return kind == Layout.INDEX ? Long.BYTES : kind == Layout.CELLS ? Long.BYTES * stripes : 1;
  }

  boolean isPlaced() {
    return offset >= Layout.FIRST_SEGMENT_AT
        && offset % Layout.SEGMENT_ALIGNMENT == 0
        && length > 0
        && length <= Layout.MAX_SEGMENT
        && (length & 7) == 0
        && offset <= Long.MAX_VALUE - length;
  }

  boolean isShaped() {
    if (kind == Layout.INDEX) {
      return Long.bitCount(length) == 1
          && length >= Layout.SEGMENT_ALIGNMENT
          && stripes == 0
          && stride == 0;
    }
    if (kind == Layout.RECORDS) {
      return stripes == 0 && stride == 0;
    }
    return kind == Layout.CELLS
        && stripes > 0
        && stripes <= Layout.MAX_STRIPES
        && stride > 0
        && (stride & 63) == 0
        && stride <= length / stripes;
  }

  /** Whether what it says can be used, be its checksum right or wrong. */
  boolean isUsable(final long fileSize) {
    return isPlaced() && isShaped() && end() <= fileSize;
  }

  boolean holds(final long from, final long bytes) {
    return from >= offset && bytes >= 0 && bytes <= length && from - offset <= length - bytes;
  }

  @Override
  public String toString() {
    return "segment " + row + " (" + Layout.kindName(kind) + ")";
  }
}
