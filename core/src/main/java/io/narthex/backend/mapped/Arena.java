package io.narthex.backend.mapped;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Takes room for records and cells out of the youngest segments. What is taken is never given back
 * to the file; who is killed before it published a record leaves the record's room behind, and no
 * more.
 *
 * <p>What this process took and did not need, because another one created the same series first, is
 * kept for its next one.
 */
final class Arena {
  private final Segments segments;
  private final Grower grower;
  private final Spares spareRecords = new Spares();
  private final Spares spareCells = new Spares();

  Arena(final Segments segments, final Grower grower) {
    this.segments = segments;
    this.grower = grower;
  }

  /**
   * Takes room for a record, and waits for the file to grow if it must.
   *
   * @return the offset, or 0 if there is no room
   */
  long takeRecord(final int length, final Deadline deadline) {
    final long spare = spareRecords.take(length, Long.MAX_VALUE);
    return spare != 0 ? spare : take(SegmentDescriptor.KIND_RECORDS, length, deadline);
  }

  /**
   * Takes zeroed cells, one after the other in every stripe, and waits for the file to grow if it
   * must.
   *
   * @return the offset of the first one in stripe 0, or 0 if there is no room
   */
  long takeCells(final int count, final Deadline deadline) {
    final long spare = spareCells.take(count, count);
    return spare != 0 ? spare : take(SegmentDescriptor.KIND_CELLS, count, deadline);
  }

  /** Takes one zeroed cell without waiting for anything; 0 if there is none at hand. */
  long takeCellNow() {
    return take(SegmentDescriptor.KIND_CELLS, 1, null);
  }

  void keepRecord(final long offset, final int length) {
    spareRecords.keep(offset, length);
  }

  /** Keeps cells that nobody has seen and that are still zero. */
  void keepCells(final long offset, final int count) {
    spareCells.keep(offset, count);
  }

  /** Takes room; without a deadline only what is at hand. */
  private long take(final int kind, final long units, final Deadline deadline) {
    while (true) {
      final Segment newest = segments.newest(kind);
      final long taken = newest.take(units);
      if (taken >= 0) {
        if (newest.isFilling()) {
          grower.suggest(kind);
        }
        final long bytes = kind == SegmentDescriptor.KIND_CELLS ? taken * Long.BYTES : taken;
        return newest.mapping.fileOffset + bytes;
      }
      if (deadline == null) {
        grower.suggest(kind);
        return 0;
      }
      if (segments.newest(kind) == newest && !grower.await(kind, units, deadline)) {
        return 0;
      }
    }
  }

  /** Room by its size. There is seldom any, so that to look for it takes no lock then. */
  private static final class Spares {
    private final NavigableMap<Long, Deque<Long>> bySize = new TreeMap<>();
    private volatile boolean empty = true;

    /** The offset of room of a size in that range, or 0. */
    long take(final long least, final long most) {
      return empty ? 0 : takeLocked(least, most);
    }

    private synchronized long takeLocked(final long least, final long most) {
      final Map.Entry<Long, Deque<Long>> fitting = bySize.ceilingEntry(least);
      if (fitting == null || fitting.getKey() > most) {
        return 0;
      }
      final long offset = fitting.getValue().remove();
      if (fitting.getValue().isEmpty()) {
        bySize.remove(fitting.getKey());
        empty = bySize.isEmpty();
      }
      return offset;
    }

    synchronized void keep(final long offset, final long size) {
      bySize.computeIfAbsent(size, any -> new ArrayDeque<>()).add(offset);
      empty = false;
    }
  }
}
