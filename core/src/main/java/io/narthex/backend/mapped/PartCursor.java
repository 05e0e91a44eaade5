package io.narthex.backend.mapped;

import io.narthex.GaugeMode;
import io.narthex.backend.Series;
import java.util.Arrays;

/**
 * Reads gauges of which each process has a part, and infos, out of the file: one value for all
 * parts, or one series for each. For one thread. Nothing is allocated per series but by a mode that
 * shows the parts one by one, and there only for the first of them.
 */
final class PartCursor implements Series {
  /** So that processes which come and go all the time cannot hold up a scrape. */
  private static final int MAX_ATTEMPTS = 16;

  private static final byte[] NONE = {};

  private final MappedStore store;
  private final PartBlocks blocks;
  private final Retired retired;
  private final GaugeMode mode;
  private final Liveness liveness;
  private final ProcessLabels labels;

  private int[] rows = new int[16];
  private long[] owners = new long[16];
  private long[] values = new long[16];
  private int count;
  private int next;

  private Mapping record;
  private long position;
  private int textLength;
  private byte[] suffix = NONE;
  private double value;

  PartCursor(final MappedStore store, final FamilyEntry family, final Liveness liveness) {
    this.store = store;
    this.blocks = new PartBlocks(store);
    this.retired = new Retired(store);
    this.mode = family.partsMode();
    this.liveness = liveness;
    this.labels = new ProcessLabels(store.processes().table(), liveness, mode);
  }

  /** Reads the parts of a series, for {@link #next}; of one that is damaged there are none. */
  void read(final long offset) {
    count = 0;
    next = 0;
    record = store.records().mapping(offset, SeriesRecordDescriptor.TEXT_OFFSET);
    if (record == null) {
      return;
    }
    position = record.position(offset);
    textLength =
        Memory.ACCESS.getInt(record.buffer, position + SeriesRecordDescriptor.TEXT_LENGTH_OFFSET);
    if (textLength < 0
        || !record.holds(offset, SeriesRecordDescriptor.TEXT_OFFSET + (long) textLength)) {
      return;
    }
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      if (!retired.read(offset)) {
        if (retired.isReachable() && !retired.isCurrent()) {
          continue; // its block was used again meanwhile
        }
        return;
      }
      collect(offset);
      // A part that was retired meanwhile would count twice, or not at all.
      if (retired.isCurrent()) {
        break;
      }
    }
    if (!GaugeModes.isAll(mode)) {
      combine();
    }
  }

  /**
   * Moves to the next series of those that were read.
   *
   * @return false if there is no more to be shown
   */
  boolean next() {
    if (next == count) {
      return false;
    }
    value = Double.longBitsToDouble(values[next]);
    suffix = GaugeModes.isAll(mode) ? labels.of(rows[next], owners[next], textLength > 0) : NONE;
    next++;
    return true;
  }

  /** The part of one process among those that were read; NaN if it has none. */
  double valueOf(final LocalProcess process) {
    for (int i = 0; process != null && i < count; i++) {
      if (rows[i] == process.row() && owners[i] == process.incarnation()) {
        return Double.longBitsToDouble(values[i]);
      }
    }
    return Double.NaN;
  }

  private void collect(final long offset) {
    count = 0;
    final int stripes = store.stripes();
    for (int block = 0; block < PartBlocks.most(stripes); block++) {
      final long at = blocks.cellsAt(offset, block);
      final Segment cells = at == 0 ? null : blocks.segment(at);
      if (cells == null) {
        return;
      }
      long part = cells.mapping.position(at);
      for (int stripe = 0; stripe < stripes; stripe++, part += cells.stride) {
        final int row = block * stripes + stripe;
        final long owner = Memory.ACCESS.getLongVolatile(cells.mapping.buffer, part);
        if (owner != 0 && row < ProcessTable.ROWS && counts(row, owner)) {
          final long bits =
              Memory.ACCESS.getLongVolatile(
                  cells.mapping.buffer, part + PartsDescriptor.VALUE_OFFSET);
          final boolean same = Memory.ACCESS.getLongVolatile(cells.mapping.buffer, part) == owner;
          if (same && bits != SeriesRecordDescriptor.UNSET) {
            add(row, owner, bits);
          }
        }
      }
    }
  }

  private boolean counts(final int row, final long owner) {
    if (GaugeModes.isLive(mode)) {
      return liveness.isAlive(row, owner);
    }
    if (GaugeModes.isAll(mode)) {
      return store.processes().table().owner(row) == owner;
    }
    return !retired.has(row, owner);
  }

  private void add(final int row, final long owner, final long bits) {
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, count * 2);
      owners = Arrays.copyOf(owners, count * 2);
      values = Arrays.copyOf(values, count * 2);
    }
    rows[count] = row;
    owners[count] = owner;
    values[count++] = bits;
  }

  /** Makes one value of all parts and of what dead processes left. */
  private void combine() {
    long bits = retired.value();
    for (int i = 0; i < count; i++) {
      bits = GaugeModes.combined(mode, bits, values[i]);
    }
    values[0] = bits;
    count = bits == SeriesRecordDescriptor.UNSET ? 0 : 1;
  }

  @Override
  public int labelsLength() {
    return textLength + suffix.length;
  }

  @Override
  public void copyLabels(final byte[] target, final int at) {
    if (at < 0 || at > target.length - labelsLength()) {
      throw new IndexOutOfBoundsException(
          "label text of "
              + labelsLength()
              + " bytes does not fit at "
              + at
              + " of "
              + target.length);
    }
    Memory.ACCESS.getBytes(
        record.buffer, position + SeriesRecordDescriptor.TEXT_OFFSET, target, at, textLength);
    System.arraycopy(suffix, 0, target, at + textLength, suffix.length);
  }

  @Override
  public long createdMillis() {
    return Memory.ACCESS.getLong(record.buffer, position + SeriesRecordDescriptor.CREATED_OFFSET);
  }

  @Override
  public double value() {
    return value;
  }

  /** There are no buckets; never asked for. */
  @Override
  public long bucket(final int index) {
    throw new IndexOutOfBoundsException("a gauge has no bucket " + index);
  }

  @Override
  public double sum() {
    return value;
  }
}
