package io.narthex.backend.mapped;

import io.narthex.GaugeMode;

/** What a slot needs of its series apart from the hot path. */
final class SeriesHandle {
  private final MappedStore store;
  private final FamilyEntry family;

  /** 0 of a viewer that was closed before it found the series. */
  private final long offset;

  private final boolean overflow;

  /** Racy: the cell is immutable, and finding it again does no harm. */
  private StripedCell unstriped;

  SeriesHandle(
      final MappedStore store,
      final FamilyEntry family,
      final long offset,
      final boolean overflow) {
    this.store = store;
    this.family = family;
    this.offset = offset;
    this.overflow = overflow;
  }

  boolean isOverflow() {
    return overflow;
  }

  boolean isClosed() {
    return store.isClosed();
  }

  /**
   * Reads the series.
   *
   * @return null if a scrape would not show it
   */
  SeriesCursor read() {
    if (offset == 0 || !store.records().isActive(family.offset)) {
      return null;
    }
    final SeriesCursor cursor = store.cursor(family);
    return cursor.read(offset) ? cursor : null;
  }

  /** What a scrape would show of a gauge, of this process where it shows each; NaN if nothing. */
  double gauge() {
    final GaugeMode mode = family.partsMode();
    if (mode == null) {
      final SeriesCursor cursor = read();
      return cursor == null ? Double.NaN : cursor.value();
    }
    if (offset == 0 || !store.records().isActive(family.offset)) {
      return Double.NaN;
    }
    final Liveness liveness =
        GaugeModes.isLive(mode) ? store.processes().liveness() : Liveness.nobody();
    final PartCursor parts = store.partCursor(family, liveness);
    parts.read(offset);
    if (GaugeModes.isAll(mode)) {
      return parts.valueOf(store.processes().self());
    }
    return parts.next() ? parts.value() : Double.NaN;
  }

  /** Shows the series if it was removed: an update by 0 does, though no sum tells of it. */
  void revive() {
    new SeriesStore(store, family).revive(offset);
  }

  /**
   * The striped double cell of a counter; takes one if there is none, without waiting.
   *
   * @return null if there is no room for one now
   */
  StripedCell fraction() {
    final Mapping record = store.records().mapping(offset, SeriesRecordDescriptor.TEXT_OFFSET);
    final long position = record.position(offset + SeriesRecordDescriptor.FRACTION_OFFSET);
    long at = Memory.ACCESS.getLongVolatile(record.buffer, position);
    if (at == 0) {
      final long taken = store.arena().takeCellNow();
      if (taken == 0) {
        return null;
      }
      if (!Memory.ACCESS.compareAndSetLong(record.buffer, position, 0, taken)) {
        store.arena().keepCells(taken, 1);
      }
      at = Memory.ACCESS.getLongVolatile(record.buffer, position);
    }
    // Not mapped here as yet: the unstriped cell serves until a scrape or a new series maps it.
    final Segment cells = store.segments().find(SegmentDescriptor.KIND_CELLS, at, Long.BYTES);
    return cells == null || !cells.hasCells(at, 1)
        ? null
        : new StripedCell(
            cells.mapping.buffer, cells.mapping.position(at), cells.stripes - 1, cells.stride);
  }

  /** The one double cell in a counter's record, for as long as there is no striped one. */
  StripedCell unstriped() {
    final StripedCell known = unstriped;
    if (known != null) {
      return known;
    }
    final Mapping record = store.records().mapping(offset, SeriesRecordDescriptor.TEXT_OFFSET);
    final StripedCell cell =
        new StripedCell(
            record.buffer, record.position(offset + SeriesRecordDescriptor.VALUE_OFFSET), 0, 0);
    unstriped = cell;
    return cell;
  }
}
