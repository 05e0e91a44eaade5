package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import io.narthex.backend.EngineLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The segments of a file as far as this process has mapped them, in the order of the directory,
 * which is the order of their offsets. Reading takes no lock.
 */
final class Segments {
  private static final EngineLog LOG = EngineLog.of(Segments.class);
  private static final Segment[] NONE = {};
  private static final long MAX_WAIT_MILLIS = 1_000;
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final FileIo io;
  private final Mapping fixed;
  private final int stripes;
  private volatile Segment[] all = NONE;
  private volatile Segment[][] byKind = {NONE, NONE, NONE, NONE};

  /** A row is damaged: nothing behind it can be trusted. */
  private volatile boolean broken;

  /** The file ends before a segment of its directory: it was truncated, or the row altered. */
  private volatile boolean cut;

  /** Mapping failed, perhaps for a while: it is tried again, but not for every record. */
  private volatile boolean failed;

  private volatile long retryNanos;

  Segments(final FileIo io, final Mapping fixed, final int stripes) {
    this.io = io;
    this.fixed = fixed;
    this.stripes = stripes;
  }

  /** The segments of one kind, oldest first. */
  Segment[] ofKind(final int kind) {
    return byKind[kind];
  }

  /** The youngest segment of a kind; open has checked that there is one of each. */
  Segment newest(final int kind) {
    final Segment[] segments = byKind[kind];
    return segments[segments.length - 1];
  }

  Path path() {
    return io.path();
  }

  /** The number of segments that are mapped here. */
  int count() {
    return all.length;
  }

  /** Where the last segment ends, and so the file, but for what a grower left behind. */
  long end() {
    final Segment[] segments = all;
    if (segments.length == 0) {
      return HeaderDescriptor.FIRST_SEGMENT_AT;
    }
    final Mapping last = segments[segments.length - 1].mapping;
    return last.fileOffset + last.length;
  }

  /** The bytes in front of the segments and those in them that are taken. */
  long usedBytes() {
    long used = HeaderDescriptor.FIRST_SEGMENT_AT;
    for (final Segment segment : all) {
      used += segment.used() * segment.unitLength();
    }
    return used;
  }

  /** The bytes in all segments that are not taken. */
  long freeBytes() {
    long free = 0;
    for (final Segment segment : all) {
      free += (segment.capacity() - segment.used()) * segment.unitLength();
    }
    return free;
  }

  /**
   * The mapped segment of a kind that has a range.
   *
   * @return null if there is none, or not yet here
   */
  Segment find(final int kind, final long offset, final long size) {
    final Segment[] segments = byKind[kind];
    int low = 0;
    int high = segments.length - 1;
    while (low <= high) {
      final int middle = (low + high) >>> 1;
      final Mapping mapping = segments[middle].mapping;
      if (offset < mapping.fileOffset) {
        high = middle - 1;
      } else if (offset - mapping.fileOffset >= mapping.length) {
        low = middle + 1;
      } else {
        return mapping.holds(offset, size) ? segments[middle] : null;
      }
    }
    return null;
  }

  /** The same, after a look at the directory if need be. */
  Segment findOrMap(final int kind, final long offset, final long size) {
    final Segment segment = find(kind, offset, size);
    if (segment != null) {
      return segment;
    }
    if (hasMore()) {
      refresh();
    }
    // Also if there was nothing to map: another thread may have mapped it since the first look.
    return find(kind, offset, size);
  }

  /** Whether the directory shows a segment that is not mapped here: one load. */
  boolean hasMore() {
    return hasUnmapped() && !broken && (!failed || System.nanoTime() - retryNanos >= 0);
  }

  /**
   * Whether what stands at a published offset is known, after a look at the directory if need be;
   * not if it may be in a segment that cannot be mapped here as yet. Once known, it stays so.
   */
  boolean reach(final long offset) {
    if (isKnown(offset)) {
      return true;
    }
    if (hasMore()) {
      refresh();
    }
    return isKnown(offset);
  }

  private boolean isKnown(final long offset) {
    return offset < end() || !hasUnmapped();
  }

  /** Whether the file was found to end before a segment of its directory. */
  boolean isCut() {
    return cut;
  }

  /** Whether there is a segment that could not be mapped, so that the file's end is not known. */
  boolean hasUnmapped() {
    final int next = all.length;
    return next < HeaderDescriptor.DIRECTORY_ROWS && kindOf(next) != SegmentDescriptor.KIND_NONE;
  }

  /**
   * Maps what the directory shows. A bad row, or one that cannot be mapped, is logged and ends it.
   * Waits at most {@value #MAX_WAIT_MILLIS} ms, should the file's thread be busy for so long.
   */
  void refresh() {
    final boolean done =
        io.thread()
            .callWithin(
                MAX_WAIT_MILLIS,
                () -> {
                  mapOrLog();
                  return true;
                });
    if (!done) {
      postpone("the file's thread is busy, closed, or could not read the directory");
    }
  }

  private void mapOrLog() {
    try {
      map();
    } catch (final NarthexException e) {
      PendingFault.tell(); // or it was no row at all
      if (cut) {
        postpone(e.getMessage());
      } else {
        broken = true;
        LOG.log(Level.ERROR, e.getMessage());
      }
    } catch (final IOException e) {
      postpone(e.getMessage());
    }
  }

  private void postpone(final String why) {
    retryNanos = System.nanoTime() + RETRY_NANOS;
    final boolean first = !failed;
    failed = true;
    if (first && !io.thread().isClosed()) {
      LOG.log(Level.ERROR, "cannot map a new segment of " + io.path() + ": " + why);
    }
  }

  /**
   * Maps what the directory shows.
   *
   * @throws NarthexException if a row is damaged, or the file ends before its segment
   * @throws IOException if a segment cannot be mapped
   */
  void map() throws IOException {
    io.thread()
        .call(
            () -> {
              while (hasMore()) {
                add(load(all.length));
              }
              return null;
            });
  }

  private void add(final Segment segment) {
    final Segment[][] kinds = byKind.clone();
    kinds[segment.kind] = append(kinds[segment.kind], segment);
    byKind = kinds;
    all = append(all, segment);
    failed = false;
  }

  private static Segment[] append(final Segment[] segments, final Segment segment) {
    final Segment[] longer = Arrays.copyOf(segments, segments.length + 1);
    longer[segments.length] = segment;
    return longer;
  }

  private long kindOf(final int row) {
    return Memory.ACCESS.getLongVolatile(
        fixed.buffer, fixed.position(rowAt(row) + SegmentDescriptor.KIND_OFFSET));
  }

  static long rowAt(final int row) {
    return HeaderDescriptor.DIRECTORY_AT + (long) row * SegmentDescriptor.LENGTH;
  }

  private long field(final int row, final int offset) {
    return Memory.ACCESS.getLong(fixed.buffer, fixed.position(rowAt(row) + offset));
  }

  private Segment load(final int row) throws IOException {
    cut = false;
    final long kind = kindOf(row);
    final long offset = field(row, SegmentDescriptor.FILE_OFFSET_OFFSET);
    final long length = field(row, SegmentDescriptor.LENGTH_OFFSET);
    final long stride = field(row, SegmentDescriptor.STRIDE_OFFSET);
    final long striped = field(row, SegmentDescriptor.STRIPES_OFFSET);
    final byte[] bytes = new byte[SegmentDescriptor.LENGTH];
    Memory.ACCESS.getBytes(fixed.buffer, fixed.position(rowAt(row)), bytes, 0, bytes.length);
    if (checksum(bytes) != field(row, SegmentDescriptor.CHECKSUM_OFFSET)) {
      throw damaged(row, "its checksum is wrong");
    }
    if (kind < SegmentDescriptor.KIND_INDEX || kind > SegmentDescriptor.KIND_CELLS) {
      throw damaged(row, "it is of an unknown kind, " + kind);
    }
    if (offset < end()
        || offset % HeaderDescriptor.FIRST_SEGMENT_AT != 0
        || length <= 0
        || length > SegmentDescriptor.MAX_LENGTH
        || (length & 7) != 0) {
      throw damaged(row, "it lies at " + offset + ", " + length + " bytes long");
    }
    if (kind == SegmentDescriptor.KIND_INDEX
        && (Long.bitCount(length) != 1 || length < HeaderDescriptor.FIRST_SEGMENT_AT)) {
      throw damaged(row, "an index of " + length + " bytes is no power of two, or too short");
    }
    if (kind != SegmentDescriptor.KIND_CELLS && (striped != 0 || stride != 0)) {
      throw damaged(row, striped + " stripes of " + stride + " bytes where there are no cells");
    }
    if (kind == SegmentDescriptor.KIND_CELLS
        && (striped != stripes || stride <= 0 || (stride & 63) != 0 || stride > length / stripes)) {
      throw damaged(row, striped + " stripes of " + stride + " bytes in " + length);
    }
    final long size = io.size();
    if (offset > size - length) {
      cut = true;
      throw new NarthexException(
          io.path()
              + " is truncated: it ends at "
              + size
              + " bytes, but a segment of it at "
              + (offset + length)
              + "; restore or delete it");
    }
    return new Segment(
        (int) kind, io.map(offset, length), (int) striped, stride, fixed, rowAt(row));
  }

  /** The checksum of a directory row: all that is immutable, its kind included. */
  static long checksum(final byte[] row) {
    return Checksum.of(row, SegmentDescriptor.KIND_OFFSET, SegmentDescriptor.CHECKSUM_OFFSET);
  }

  private NarthexException damaged(final int row, final String how) {
    return new NarthexException(
        io.path() + " is damaged: segment " + row + " in its directory: " + how);
  }
}
