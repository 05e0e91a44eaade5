package io.narthex.backend.mapped;

import java.util.List;

/** The choices of a file's creator; a file that exists keeps its own. */
record MappedOptions(long initialSize, int stripes, long maxSize) {
  static final long DEFAULT_INITIAL_SIZE = 4L << 20;
  static final long MIN_INITIAL_SIZE = 512L << 10;
  static final int DEFAULT_STRIPES = 16;
  static final long DEFAULT_MAX_SIZE = 1L << 30;

  static final MappedOptions DEFAULTS =
      new MappedOptions(DEFAULT_INITIAL_SIZE, DEFAULT_STRIPES, DEFAULT_MAX_SIZE);

  /**
   * The segments that a new file has: an index, records, cells. The index gets a power of two of
   * about 1/32, the records 5/16 and the cells what remains, which fills all three alike with
   * counters of two labels.
   */
  List<SegmentPlan> firstSegments() {
    final long unit = HeaderDescriptor.FIRST_SEGMENT_AT;
    final long size = initialSize / unit * unit;
    final long index =
        Math.min(
            SegmentDescriptor.MAX_LENGTH, Math.max(unit, Long.highestOneBit(initialSize / 32)));
    final long records =
        Math.min(SegmentDescriptor.MAX_LENGTH, Math.max(unit, initialSize * 5 / 16 / unit * unit));
    final long cells = Math.min(SegmentDescriptor.MAX_LENGTH, size - unit - index - records);
    return List.of(
        new SegmentPlan(SegmentDescriptor.KIND_INDEX, unit, index, stripes),
        new SegmentPlan(SegmentDescriptor.KIND_RECORDS, unit + index, records, stripes),
        new SegmentPlan(SegmentDescriptor.KIND_CELLS, unit + index + records, cells, stripes));
  }
}
