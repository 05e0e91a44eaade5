package io.narthex.backend.mapped;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A segment that is about to be: its place, and the directory row that will publish it. */
record SegmentPlan(int kind, long offset, long length, int stripes) {

  /**
   * The bytes from one stripe's slab to the next. An odd number of cache lines, so that the stripes
   * of one cell fall into different sets of every cache, which matters to a reader that sums them.
   */
  long stride() {
    if (kind != SegmentDescriptor.KIND_CELLS) {
      return 0;
    }
    final long lines = length / stripes / 64;
    return (lines % 2 == 0 ? lines - 1 : lines) * 64;
  }

  /** The directory row, its kind included. */
  byte[] row() {
    final byte[] bytes = new byte[SegmentDescriptor.LENGTH];
    final ByteBuffer row = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    row.putLong(SegmentDescriptor.KIND_OFFSET, kind);
    row.putLong(SegmentDescriptor.FILE_OFFSET_OFFSET, offset);
    row.putLong(SegmentDescriptor.LENGTH_OFFSET, length);
    row.putLong(
        SegmentDescriptor.STRIPES_OFFSET, kind == SegmentDescriptor.KIND_CELLS ? stripes : 0);
    row.putLong(SegmentDescriptor.STRIDE_OFFSET, stride());
    row.putLong(SegmentDescriptor.CHECKSUM_OFFSET, Segments.checksum(bytes));
    return bytes;
  }
}
