package io.narthex.backend.mapped;

import io.narthex.backend.LabelSet;
import io.narthex.backend.Slot;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Finds, creates, opens and removes the series of one family. */
final class SeriesStore {
  private static final Logger LOG = System.getLogger(SeriesStore.class.getName());

  /** So that nobody who adds infinities all the time can hold up a removal. */
  private static final int MAX_ATTEMPTS = 16;

  private final MappedStore store;
  private final FamilyEntry family;

  SeriesStore(final MappedStore store, final FamilyEntry family) {
    this.store = store;
    this.family = family;
  }

  /** The offset of a series, or 0. */
  long find(final LabelSet labels) {
    return store.index().find(key(labels.text()));
  }

  /**
   * Finds or creates a series.
   *
   * @param hidden whether a new one is not to be shown before it is updated
   * @return its offset, or 0 if there is no room
   */
  long findOrCreate(final LabelSet labels, final boolean hidden) {
    final byte[] text = labels.text();
    final RecordKey key = key(text);
    final long found = store.index().find(key);
    return found != 0 ? found : create(key, text, hidden);
  }

  private RecordKey key(final byte[] text) {
    return store.records().seriesKey(store.seed(), family.offset, text);
  }

  private long create(final RecordKey key, final byte[] text, final boolean hidden) {
    final int length = SeriesCodec.length(text.length);
    if (length > RecordDescriptor.MAX_LENGTH) {
      return 0;
    }
    final int cellCount = family.cellCount();
    long cells = 0;
    if (cellCount > 0) {
      cells = store.arena().takeCells(cellCount);
      if (cells == 0) {
        return 0;
      }
    }
    final long offset = store.arena().takeRecord(length);
    if (offset == 0) {
      keepCells(cells, cellCount);
      return 0;
    }
    final boolean unset = family.startsUnset() || (cellCount == 0 && hidden);
    store
        .records()
        .store(
            offset,
            SeriesCodec.encode(
                key.hash(),
                family.offset,
                System.currentTimeMillis(),
                cells,
                cellCount,
                text,
                unset ? SeriesRecordDescriptor.UNSET : 0,
                hidden ? SeriesRecordDescriptor.HIDDEN : 0));
    final long winner = store.publish(key, offset);
    if (winner != offset) {
      keepCells(cells, cellCount);
      store.arena().keepRecord(offset, length);
    }
    return winner;
  }

  private void keepCells(final long cells, final int count) {
    if (cells != 0) {
      store.arena().keepCells(cells, count);
    }
  }

  /** Shows a series that was removed, from zero; does nothing to one that is shown. */
  void revive(final long offset) {
    final Mapping record = store.records().mapping(offset, SeriesRecordDescriptor.TEXT_OFFSET);
    if (family.cellCount() == 0) {
      if (!family.startsUnset()) {
        Memory.ACCESS.compareAndSetLong(
            record.buffer,
            record.position(offset + SeriesRecordDescriptor.VALUE_OFFSET),
            SeriesRecordDescriptor.UNSET,
            0);
      }
      return;
    }
    final long position = record.position(offset + SeriesRecordDescriptor.BASELINE_OFFSET);
    final long word = Memory.ACCESS.getLongVolatile(record.buffer, position);
    if ((word & SeriesRecordDescriptor.HIDDEN) != 0) {
      // If it fails, another process removed or revived it just now.
      Memory.ACCESS.compareAndSetLong(
          record.buffer, position, word, word & ~SeriesRecordDescriptor.HIDDEN);
    }
  }

  /**
   * Removes a series: what was counted until now is no longer shown.
   *
   * @return whether it was shown and is not any more
   */
  boolean remove(final long offset) {
    final Mapping record = store.records().mapping(offset, SeriesRecordDescriptor.TEXT_OFFSET);
    return family.cellCount() == 0 ? unset(record, offset) : rebase(record, offset);
  }

  private static boolean unset(final Mapping record, final long offset) {
    final long position = record.position(offset + SeriesRecordDescriptor.VALUE_OFFSET);
    long bits;
    do {
      bits = Memory.ACCESS.getLongVolatile(record.buffer, position);
      if (bits == SeriesRecordDescriptor.UNSET) {
        return false;
      }
    } while (!Memory.ACCESS.compareAndSetLong(
        record.buffer, position, bits, SeriesRecordDescriptor.UNSET));
    return true;
  }

  private boolean rebase(final Mapping record, final long offset) {
    final SeriesCursor cursor = store.cursor(family);
    if (!cursor.read(offset)) {
      return false;
    }
    final int length = BaselineDescriptor.length(cursor.sumCount());
    final long block = store.arena().takeRecord(length);
    if (block == 0) {
      LOG.log(
          Level.WARNING,
          "no room to note that a series of {0} was removed, so it stays: {1}",
          family.descriptor.name(),
          store.grower().reason());
      return false;
    }
    final long position = record.position(offset + SeriesRecordDescriptor.BASELINE_OFFSET);
    for (int attempt = 1; ; attempt++) {
      final long word = Memory.ACCESS.getLongVolatile(record.buffer, position);
      // Read after the word: if another removal comes between, this one has to begin again.
      if (!cursor.readRaw(offset)) {
        return false;
      }
      if (!cursor.isFinite() && attempt < MAX_ATTEMPTS) {
        // Nothing can be subtracted from it, and there is nothing in it that could be lost.
        cursor.zeroDoubles();
        continue;
      }
      writeBaseline(block, cursor);
      if (Memory.ACCESS.compareAndSetLong(
          record.buffer, position, word, block | SeriesRecordDescriptor.HIDDEN)) {
        return true;
      }
    }
  }

  private void writeBaseline(final long block, final SeriesCursor cursor) {
    final int sums = cursor.sumCount();
    final Mapping mapping = store.records().mapping(block, BaselineDescriptor.length(sums));
    final long position = mapping.position(block);
    Memory.ACCESS.putLong(
        mapping.buffer, position + BaselineDescriptor.REMOVED_OFFSET, System.currentTimeMillis());
    Memory.ACCESS.putLong(mapping.buffer, position + BaselineDescriptor.COUNT_OFFSET, sums);
    for (int i = 0; i < sums; i++) {
      Memory.ACCESS.putLong(
          mapping.buffer, position + BaselineDescriptor.SUMS_OFFSET + i * 8L, cursor.sumBits(i));
    }
  }

  /**
   * Makes the slot of a series.
   *
   * @return null if its cells cannot be reached
   */
  Slot open(final long offset, final boolean overflow) {
    final SeriesHandle handle = new SeriesHandle(store, family, offset, overflow);
    if (!store.isWritable()) {
      return ReadOnlySlots.of(family.descriptor, store.path(), handle);
    }
    final Mapping record = store.records().mapping(offset, SeriesRecordDescriptor.TEXT_OFFSET);
    final int count = family.cellCount();
    if (count == 0) {
      return new MappedGaugeSlot(
          handle, record.buffer, record.position(offset + SeriesRecordDescriptor.VALUE_OFFSET));
    }
    final long at = Records.longAt(record, offset + SeriesRecordDescriptor.CELLS_OFFSET);
    final Segment cells = store.segments().findOrMap(SegmentDescriptor.KIND_CELLS, at, count * 8L);
    if (cells == null || !cells.hasCells(at, count)) {
      return null;
    }
    touch(cells, at);
    return count == 1
        ? new MappedCounterSlot(handle, cells, at)
        : new MappedDistributionSlot(handle, cells, at, count);
  }

  /** Has the kernel map the pages now, which a first update would otherwise have to wait for. */
  private static void touch(final Segment cells, final long at) {
    for (int s = 0; s < cells.stripes; s++) {
      Memory.ACCESS.getAndAddLong(
          cells.mapping.buffer, cells.mapping.position(at) + s * cells.stride, 0);
    }
  }
}
