package io.narthex.backend.mapped;

import io.narthex.GaugeMode;

/** Takes this process's parts, retires those of dead ones, and removes parts. */
final class PartStore {
  private final MappedStore store;
  private final PartBlocks blocks;

  /** The threads of this process take one part of a series at a time. */
  private final Object lock = new Object();

  PartStore(final MappedStore store) {
    this.store = store;
    this.blocks = new PartBlocks(store);
  }

  /**
   * Takes this process's part of a series; who has it already keeps it as it is.
   *
   * @return null if there is no room, or this process has no row
   */
  Part take(final long series, final GaugeMode mode, final Deadline deadline) {
    final LocalProcess self = store.processes().self();
    if (self == null) {
      return null;
    }
    if (!store.processes().hasRow()) {
      return Part.nowhere();
    }
    synchronized (lock) {
      final Part part = blocks.findOrCreate(series, self.row(), deadline);
      if (part == null || !free(series, part, self, mode, deadline)) {
        return null;
      }
      if (part.owner() == 0) {
        part.take(self.incarnation());
      }
      return part;
    }
  }

  /** Frees a part that a former owner of this process's row has; false if there is no room. */
  private boolean free(
      final long series,
      final Part part,
      final LocalProcess self,
      final GaugeMode mode,
      final Deadline deadline) {
    final Retired retired = new Retired(store);
    long spare = 0;
    try {
      while (true) {
        final long owner = part.owner();
        if (owner == 0 || owner == self.incarnation()) {
          return true;
        }
        if (!GaugeModes.keepsDead(mode) || part.value() == SeriesRecordDescriptor.UNSET) {
          part.free(owner);
          continue;
        }
        if (!retired.read(series)) {
          if (retired.isReachable() && !retired.isCurrent()) {
            continue;
          }
          return false;
        }
        makeUpFor(series, retired);
        if (retired.has(self.row(), owner)) {
          continue;
        }
        if (spare == 0) {
          spare = store.arena().takeRecord(PartsDescriptor.RETIRED_LENGTH, deadline);
          if (spare == 0) {
            return false;
          }
        }
        final long value = GaugeModes.combined(mode, retired.value(), part.value());
        write(spare, value, self.row(), owner);
        if (retired.replace(spare)) {
          spare = 0;
          part.free(owner);
        }
      }
    } finally {
      if (spare != 0) {
        store.arena().keepRecord(spare, PartsDescriptor.RETIRED_LENGTH);
      }
    }
  }

  /** Frees the part that was retired last, should its retirer have been killed before it did. */
  private void makeUpFor(final long series, final Retired retired) {
    if (retired.incarnation() != 0) {
      final Part part = blocks.find(series, retired.row());
      if (part != null) {
        part.free(retired.incarnation());
      }
    }
  }

  private void write(final long block, final long value, final long row, final long incarnation) {
    final Mapping mapping = store.records().mapping(block, PartsDescriptor.RETIRED_LENGTH);
    final long position = mapping.position(block);
    Memory.ACCESS.putLong(mapping.buffer, position + PartsDescriptor.RETIRED_VALUE_OFFSET, value);
    Memory.ACCESS.putLong(mapping.buffer, position + PartsDescriptor.RETIRED_ROW_OFFSET, row);
    Memory.ACCESS.putLong(
        mapping.buffer, position + PartsDescriptor.RETIRED_INCARNATION_OFFSET, incarnation);
  }

  /**
   * Takes the values of all processes away, one after the other, and what dead ones left. If this
   * process is killed at it, those that it did not come to stay.
   */
  void remove(final long series) {
    final int stripes = store.stripes();
    for (int block = 0; block < PartBlocks.most(stripes); block++) {
      final long at = blocks.cellsAt(series, block);
      final Segment cells = at == 0 ? null : blocks.segment(at);
      if (cells == null) {
        break;
      }
      for (int stripe = 0; stripe < stripes; stripe++) {
        final Part part = PartBlocks.part(cells, at, stripe);
        if (part.owner() != 0) {
          part.unset();
        }
      }
    }
    // After the parts: one that is retired meanwhile goes with it.
    final Retired retired = new Retired(store);
    boolean done;
    do {
      if (!retired.read(series)) {
        return;
      }
      makeUpFor(series, retired);
      done = retired.replace(0);
    } while (!done);
  }
}
