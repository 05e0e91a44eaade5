package io.narthex.backend.mapped;

import io.narthex.backend.EngineLog;
import io.narthex.backend.Excerpt;
import io.narthex.backend.LabelSet;
import io.narthex.backend.Slot;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicReference;

/** Finds, creates, opens and removes the series of one family. */
final class SeriesStore {
  private static final EngineLog LOG = EngineLog.of(SeriesStore.class);

  /** So that nobody who adds infinities all the time can hold up a removal. */
  private static final int MAX_ATTEMPTS = 16;

  private final MappedStore store;
  private final FamilyEntry family;
  private final SeriesCap cap;

  private final SeriesAccess access;
  private final SeriesAccess overflowAccess;

  /** For the next creation, which needs an array and more otherwise. */
  private final AtomicReference<SeriesDraft> spareDraft = new AtomicReference<>();

  SeriesStore(final MappedStore store, final FamilyEntry family, final SeriesCap cap) {
    this.store = store;
    this.family = family;
    this.cap = cap;
    this.access = new SeriesAccess(store, family, this, false);
    this.overflowAccess = new SeriesAccess(store, family, this, true);
  }

  /** One that has no cap of its own. */
  SeriesStore(final MappedStore store, final FamilyEntry family) {
    this(store, family, new SeriesCap(store.records(), family, SeriesCap.NONE));
  }

  /** The offset of a series, or 0. */
  long find(final LabelSet labels) {
    final SeriesDraft draft = takeDraft();
    try {
      draft.begin(labels, false, null);
      return store.index().find(draft);
    } finally {
      keep(draft);
    }
  }

  /**
   * Finds or creates a series.
   *
   * @param overflow whether it is to count for others: a new one is not shown before it is updated,
   *     and has a place whatever the cap
   * @return its offset, or 0 if there is no room, or the cap is reached
   */
  long findOrCreate(final LabelSet labels, final boolean overflow) {
    return findOrCreate(labels, overflow, new Deadline());
  }

  /** The same, as a part of what has one deadline. */
  long findOrCreate(final LabelSet labels, final boolean overflow, final Deadline deadline) {
    final SeriesDraft draft = takeDraft();
    try {
      draft.begin(labels, overflow, deadline);
      final long offset = store.findOrPublish(draft, draft, deadline);
      if (offset != draft.offset()) {
        draft.giveBack(); // another process or thread was first
      }
      return offset;
    } finally {
      keep(draft);
    }
  }

  private void keep(final SeriesDraft draft) {
    if (draft.isSmall()) {
      spareDraft.set(draft);
    }
  }

  private SeriesDraft takeDraft() {
    final SeriesDraft spare = spareDraft.getAndSet(null);
    return spare != null ? spare : new SeriesDraft(store, family, cap);
  }

  /** Why a series could not be created. */
  String reason(final LabelSet labels) {
    final int length = labels.textLength();
    return SeriesCodec.length(length) > RecordDescriptor.MAX_LENGTH
        ? "its labels take "
            + length
            + " bytes, and there is room for "
            + (RecordDescriptor.MAX_LENGTH - SeriesRecordDescriptor.TEXT_OFFSET)
        : store.grower().reason();
  }

  /** Shows a series that was removed, from zero; does nothing to one that is shown. */
  void revive(final long offset) {
    if (family.partsMode() != null) {
      return; // shown from its first set
    }
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
   * @param liveness who is alive, where the mode asks for it
   * @return whether it was shown and is not any more
   */
  boolean remove(final long offset, final Liveness liveness) {
    if (family.partsMode() != null) {
      final PartCursor parts = store.partCursor(family, liveness);
      parts.read(offset);
      store.parts().remove(offset);
      return parts.next();
    }
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
    final long position = record.position(offset + SeriesRecordDescriptor.BASELINE_OFFSET);
    // What is read of the series is read after the word: if another removal comes between, this one
    // has to begin again, and then finds that there is nothing left to remove.
    long word = Memory.ACCESS.getLongVolatile(record.buffer, position);
    final SeriesCursor cursor = store.cursor(family);
    boolean shown = cursor.read(offset);
    if (!shown && !cursor.isRest()) {
      return false;
    }
    long since = cursor.createdMillis();
    final int length = BaselineDescriptor.length(cursor.sumCount());
    final long block = store.arena().takeRecord(length, new Deadline());
    if (block == 0) {
      LOG.log(
          Level.WARNING,
          "no room to note that a series of {0} was removed, so it stays: {1}",
          Excerpt.of(family.descriptor.name()),
          store.grower().reason());
      return false;
    }
    for (int attempt = 1; ; attempt++) {
      if (!cursor.readRaw(offset)) {
        return false;
      }
      if (!cursor.isFinite() && attempt < MAX_ATTEMPTS) {
        // Nothing can be subtracted from it, and there is nothing in it that could be lost.
        cursor.zeroDoubles();
        continue;
      }
      writeBaseline(block, cursor, since);
      if (Memory.ACCESS.compareAndSetLong(
          record.buffer, position, word, block | SeriesRecordDescriptor.HIDDEN)) {
        store.waste().add(length);
        return shown;
      }
      word = Memory.ACCESS.getLongVolatile(record.buffer, position);
      shown = cursor.read(offset);
      if (!shown && !cursor.isRest()) {
        store.arena().keepRecord(block, length);
        return false;
      }
      since = cursor.createdMillis();
    }
  }

  /**
   * Writes the sums that a cursor read raw. The time is later than the one before, whatever the
   * clock says: who sees a smaller value has to see another created time.
   */
  private void writeBaseline(final long block, final SeriesCursor cursor, final long since) {
    final int sums = cursor.sumCount();
    final Mapping mapping = store.records().mapping(block, BaselineDescriptor.length(sums));
    final long position = mapping.position(block);
    Memory.ACCESS.putLong(
        mapping.buffer,
        position + BaselineDescriptor.REMOVED_OFFSET,
        Math.max(System.currentTimeMillis(), since + 1));
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
    return open(offset, overflow, new Deadline());
  }

  /** The same, as a part of what has one deadline. */
  Slot open(final long offset, final boolean overflow, final Deadline deadline) {
    final SeriesAccess own = overflow ? overflowAccess : access;
    if (!store.isWritable()) {
      return ReadOnlySlots.of(family.descriptor, store.path(), own, offset);
    }
    if (family.partsMode() != null) {
      final Part part = store.parts().take(offset, family.partsMode(), deadline);
      return part == null
          ? null
          : new MappedGaugeSlot(own, offset, part.buffer(), part.valuePosition());
    }
    final Mapping record = store.records().mapping(offset, SeriesRecordDescriptor.TEXT_OFFSET);
    final int count = family.cellCount();
    if (count == 0) {
      return new MappedGaugeSlot(
          own,
          offset,
          record.buffer,
          record.position(offset + SeriesRecordDescriptor.VALUE_OFFSET));
    }
    final long at = Records.longAt(record, offset + SeriesRecordDescriptor.CELLS_OFFSET);
    final Segment cells = store.segments().findOrMap(SegmentDescriptor.KIND_CELLS, at, count * 8L);
    if (cells == null || !cells.hasCells(at, count)) {
      return null;
    }
    cells.touch(at, count);
    return count == 1
        ? new MappedCounterSlot(own, offset, cells, at)
        : new MappedDistributionSlot(own, offset, cells, at, count);
  }
}
