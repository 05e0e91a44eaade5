package io.narthex.backend.mapped;

import java.lang.invoke.VarHandle;

/**
 * What dead processes left to one series, as {@link PartsDescriptor} says. For one thread; reads
 * into itself, so that it is one reading if {@link #isCurrent} says so afterwards.
 */
final class Retired {
  private final MappedStore store;
  private Mapping record;
  private long position;
  private long word;

  /** As bits; unset if nobody left anything. */
  private long value;

  /** The part that may still be there though the value has it. */
  private long row;

  private long incarnation;

  Retired(final MappedStore store) {
    this.store = store;
  }

  /** Reads what stands at a series; false if it cannot be reached. */
  boolean read(final long series) {
    record = store.records().mapping(series, SeriesRecordDescriptor.TEXT_OFFSET);
    if (record == null) {
      return false;
    }
    position = record.position(series + SeriesRecordDescriptor.BASELINE_OFFSET);
    word = Memory.ACCESS.getLongVolatile(record.buffer, position);
    value = SeriesRecordDescriptor.UNSET;
    row = 0;
    incarnation = 0;
    final long offset = word & PartsDescriptor.OFFSET_MASK;
    if (offset == 0) {
      return true;
    }
    final Mapping block = store.records().mapping(offset, PartsDescriptor.RETIRED_LENGTH);
    if (block == null) {
      return false;
    }
    value = Records.longAt(block, offset + PartsDescriptor.RETIRED_VALUE_OFFSET);
    row = Records.longAt(block, offset + PartsDescriptor.RETIRED_ROW_OFFSET);
    incarnation = Records.longAt(block, offset + PartsDescriptor.RETIRED_INCARNATION_OFFSET);
    return row >= 0 && row < ProcessTable.ROWS;
  }

  /** Whether there is a series whose word could be read. */
  boolean isReachable() {
    return record != null;
  }

  /** Whether the series still says what was read. */
  boolean isCurrent() {
    VarHandle.loadLoadFence(); // what was read of the block and of the parts comes before it
    return Memory.ACCESS.getLongVolatile(record.buffer, position) == word;
  }

  long value() {
    return value;
  }

  /** Whether the value has this part in it. */
  boolean has(final long partRow, final long owner) {
    return incarnation != 0 && owner == incarnation && partRow == row;
  }

  int row() {
    return (int) row;
  }

  long incarnation() {
    return incarnation;
  }

  /**
   * Replaces what was read.
   *
   * @param block a finished block, or 0 for nothing
   * @return false if somebody else replaced it meanwhile
   */
  boolean replace(final long block) {
    final long tag = (word >>> PartsDescriptor.TAG_SHIFT) + 1;
    if (!Memory.ACCESS.compareAndSetLong(
        record.buffer, position, word, (tag << PartsDescriptor.TAG_SHIFT) | block)) {
      return false;
    }
    final long old = word & PartsDescriptor.OFFSET_MASK;
    if (old != 0) {
      // Whoever reads it now sees that the word has changed; its tag keeps it from coming back.
      store.arena().keepRecord(old, PartsDescriptor.RETIRED_LENGTH);
    }
    return true;
  }
}
