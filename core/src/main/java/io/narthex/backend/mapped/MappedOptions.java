package io.narthex.backend.mapped;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** The choices of a file's creator; a file that exists keeps its own. */
record MappedOptions(
    long initialSize, int stripes, long maxSize, Set<PosixFilePermission> permissions) {
  static final long DEFAULT_INITIAL_SIZE = 4L << 20;
  static final long MIN_INITIAL_SIZE = 512L << 10;
  static final int DEFAULT_STRIPES = 16;
  static final long DEFAULT_MAX_SIZE = 1L << 30;
  static final String DEFAULT_PERMISSIONS = "rw-------";

  MappedOptions(final long initialSize, final int stripes, final long maxSize) {
    this(initialSize, stripes, maxSize, permissions(DEFAULT_PERMISSIONS));
  }

  /**
   * Reads a mode that lets at least the owner read and write.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Set<PosixFilePermission> permissions(final String mode) {
    final Set<PosixFilePermission> permissions;
    try {
      permissions = PosixFilePermissions.fromString(mode);
    } catch (final IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "permissions \"" + mode + "\" are not of nine letters such as \"rw-r-----\"", e);
    }
    if (!permissions.contains(PosixFilePermission.OWNER_READ)
        || !permissions.contains(PosixFilePermission.OWNER_WRITE)) {
      throw new IllegalArgumentException(
          "permissions \""
              + mode
              + "\" do not let the owner read and write, as \"rw-r-----\" does");
    }
    return permissions;
  }

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
