package io.narthex.backend.mapped;

import io.narthex.backend.CounterSlot;
import io.narthex.backend.Stripes;
import java.nio.ByteBuffer;

/**
 * A counter in the file. Whole amounts are one atomic add to the calling thread's stripe; the
 * others go to a striped double cell, which is taken when the first of them comes.
 */
final class MappedCounterSlot extends CounterSlot {
  private final ByteBuffer buffer;
  private final long position;
  private final int mask;
  private final int stride;
  private final SeriesAccess series;
  private final long offset;

  /** Kept once it is found; racy, as the cell is immutable and finding it again does no harm. */
  private StripedCell fraction;

  MappedCounterSlot(
      final SeriesAccess series, final long offset, final Segment cells, final long cell) {
    this.series = series;
    this.offset = offset;
    this.buffer = cells.mapping.buffer;
    this.position = cells.mapping.position(cell);
    this.mask = cells.stripes - 1;
    this.stride = (int) cells.stride; // a segment is no longer than an int can tell
  }

  @Override
  public void add(final int amount) {
    if (amount == 0) {
      series.revive(offset);
    }
    final long ignored =
        Memory.ACCESS.getAndAddLong(buffer, position + Stripes.index(mask) * stride, amount);
  }

  @Override
  public void add(final double amount) {
    if (amount == 0) {
      series.revive(offset);
    }
    final StripedCell known = fraction;
    if (known != null) {
      known.add(amount);
    } else {
      addFirst(amount);
    }
  }

  private void addFirst(final double amount) {
    final StripedCell found = series.fraction(offset);
    if (found == null) {
      series.addUnstriped(offset, amount);
    } else {
      fraction = found;
      found.add(amount);
    }
  }

  @Override
  public double value() {
    final SeriesCursor cursor = series.read(offset);
    return cursor == null ? 0 : cursor.value();
  }

  @Override
  public boolean isOverflow() {
    return series.isOverflow();
  }
}
