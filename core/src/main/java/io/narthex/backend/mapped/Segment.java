package io.narthex.backend.mapped;

/**
 * A published segment, mapped here. Its units are words of an index, bytes of records, or cells per
 * stripe.
 */
final class Segment {
  /** The smallest page size there is. */
  private static final int TOUCHED = 4096;

  final int kind;
  final Mapping mapping;
  final int stripes;
  final long stride;

  /** Which blocks of cells this process has touched; racy, as to touch again does no harm. */
  private final boolean[] touched;

  private final Mapping directory;
  private final long used;

  Segment(
      final int kind,
      final Mapping mapping,
      final int stripes,
      final long stride,
      final Mapping directory,
      final long row) {
    this.kind = kind;
    this.mapping = mapping;
    this.stripes = stripes;
    this.stride = stride;
    this.touched = new boolean[(int) (stride / TOUCHED) + 1];
    this.directory = directory;
    this.used = directory.position(row + SegmentDescriptor.USED_OFFSET);
  }

  long capacity() {
    return switch (kind) {
      case SegmentDescriptor.KIND_INDEX -> mapping.length / Long.BYTES;
      case SegmentDescriptor.KIND_RECORDS -> mapping.length;
      default -> stride / Long.BYTES;
    };
  }

  /** The bytes that one unit takes. */
  long unitLength() {
    return switch (kind) {
      case SegmentDescriptor.KIND_INDEX -> Long.BYTES;
      case SegmentDescriptor.KIND_RECORDS -> 1;
      default -> (long) Long.BYTES * stripes;
    };
  }

  /** Whether the cells from an offset on, a checked one in this segment, all lie in stripe 0. */
  boolean hasCells(final long offset, final int count) {
    return offset - mapping.fileOffset <= stride - count * 8L;
  }

  /**
   * Has the kernel map the pages of cells now, which a first update would otherwise have to wait
   * for. Once for each block of the size of a page: it begins somewhere in one page of each stripe
   * and ends in the same or in the next one.
   */
  void touch(final long offset, final int count) {
    final long first = offset - mapping.fileOffset;
    final int last = (int) ((first + count * 8L - 1) / TOUCHED);
    for (int block = (int) (first / TOUCHED); block <= last; block++) {
      if (!touched[block]) {
        touched[block] = true;
        final long begin = block * (long) TOUCHED;
        final long end = Math.min(begin + TOUCHED, stride) - Long.BYTES;
        for (int s = 0; s < stripes; s++) {
          final long stripe = mapping.position(mapping.fileOffset) + s * stride;
          Memory.ACCESS.getAndAddLong(mapping.buffer, stripe + begin, 0);
          Memory.ACCESS.getAndAddLong(mapping.buffer, stripe + end, 0);
        }
      }
    }
  }

  /** How many units are taken; an impossible number in a damaged file counts as full. */
  long used() {
    final long taken = Memory.ACCESS.getLongVolatile(directory.buffer, used);
    return isPossible(taken) ? taken : capacity();
  }

  private boolean isPossible(final long taken) {
    return taken >= 0
        && taken <= capacity()
        && (kind != SegmentDescriptor.KIND_RECORDS || (taken & 7) == 0);
  }

  /**
   * Whether it is time for the next one: less than a quarter is free, or three eighths of an index,
   * whose first windows are full long before its last word is.
   */
  boolean isFilling() {
    final int eighths = kind == SegmentDescriptor.KIND_INDEX ? 3 : 2;
    return used() > capacity() - capacity() / 8 * eighths;
  }

  /**
   * Takes units for good, lock-free.
   *
   * @return the index of the first one, or -1 if there are not that many
   */
  long take(final long units) {
    while (true) {
      final long taken = Memory.ACCESS.getLongVolatile(directory.buffer, used);
      if (!isPossible(taken) || taken > capacity() - units) {
        return -1;
      }
      if (Memory.ACCESS.compareAndSetLong(directory.buffer, used, taken, taken + units)) {
        return taken;
      }
    }
  }

  /** Counts a word of an index that was filled; only a hint for growth. */
  void countWord() {
    Memory.ACCESS.getAndAddLong(directory.buffer, used, 1);
  }
}
