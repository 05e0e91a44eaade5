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
  private final long stride;
  private final SeriesHandle series;

  /** Kept once it is found; racy, as the cell is immutable and finding it again does no harm. */
  private StripedCell fraction;

  MappedCounterSlot(final SeriesHandle series, final Segment cells, final long offset) {
    this.series = series;
    this.buffer = cells.mapping.buffer;
    this.position = cells.mapping.position(offset);
    this.mask = cells.stripes - 1;
    this.stride = cells.stride;
  }

  @Override
  public void add(final int amount) {
    if (amount == 0) {
      series.revive();
    }
    Memory.ACCESS.getAndAddLong(buffer, position + Stripes.index(mask) * stride, amount);
  }

  @Override
  public void add(final double amount) {
    if (amount == 0) {
      series.revive();
    }
    final StripedCell known = fraction;
    if (known != null) {
      known.add(amount);
    } else {
      addFirst(amount);
    }
  }

  private void addFirst(final double amount) {
    final StripedCell found = series.fraction();
    if (found == null) {
      series.unstriped().add(amount);
    } else {
      fraction = found;
      found.add(amount);
    }
  }

  @Override
  public double value() {
    final SeriesCursor cursor = series.read();
    return cursor == null ? 0 : cursor.value();
  }

  @Override
  public boolean isOverflow() {
    return series.isOverflow();
  }
}
