package io.narthex.backend.mapped;

import io.narthex.GaugeMode;
import io.narthex.NarthexException;
import java.util.function.Supplier;

/** What the slots of a family need of their series apart from the hot path. */
final class SeriesAccess {
  private final MappedStore store;
  private final FamilyEntry family;

  private final SeriesStore series;
  private final boolean overflow;

  SeriesAccess(
      final MappedStore store,
      final FamilyEntry family,
      final SeriesStore series,
      final boolean overflow) {
    this.store = store;
    this.family = family;
    this.series = series;
    this.overflow = overflow;
  }

  boolean isOverflow() {
    return overflow;
  }

  boolean isViewerClosed() {
    return store.guard().isViewerClosed();
  }

  /**
   * What a viewer's slots read.
   *
   * @param gone what there is when the viewer is closed and nothing can be read any more
   * @throws NarthexException if the file was truncated, before or meanwhile, or overwritten
   */
  <T> T guarded(final T gone, final Supplier<T> work) {
    return store.guard().read(work::get, () -> gone);
  }

  /**
   * Reads a series.
   *
   * @param offset 0 of a viewer that was closed before it found the series
   * @return null if a scrape would not show it
   */
  SeriesCursor read(final long offset) {
    if (offset == 0 || !store.records().isActive(family.offset)) {
      return null;
    }
    final SeriesCursor cursor = store.cursor(family);
    return cursor.read(offset) ? cursor : null;
  }

  /** What a scrape would show of a gauge, of this process where it shows each; NaN if nothing. */
  double gauge(final long offset) {
    final GaugeMode mode = family.partsMode();
    if (mode == null) {
      final SeriesCursor cursor = read(offset);
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

  /** Shows a series if it was removed: an update by 0 does, though no sum tells of it. */
  void revive(final long offset) {
    series.revive(offset);
  }

  /**
   * The striped double cell of a counter; takes one if there is none, without waiting.
   *
   * @return null if there is no room for one now
   */
  StripedCell fraction(final long offset) {
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

  /** Adds to the one double cell in a counter's record, for as long as there is no striped one. */
  void addUnstriped(final long offset, final double amount) {
    final Mapping record = store.records().mapping(offset, SeriesRecordDescriptor.TEXT_OFFSET);
    Memory.ACCESS.addDouble(
        record.buffer, record.position(offset + SeriesRecordDescriptor.VALUE_OFFSET), amount);
  }
}
