package io.narthex.backend.mapped;

import io.narthex.backend.DistributionSlot;
import io.narthex.backend.Stripes;
import java.nio.ByteBuffer;

/**
 * A histogram or summary in the file: in each stripe a long cell per bucket, then a double cell for
 * the sum, side by side.
 */
final class MappedDistributionSlot extends DistributionSlot {
  private final ByteBuffer buffer;
  private final long position;
  private final int mask;
  private final long stride;
  private final long sum;
  private final SeriesHandle series;

  MappedDistributionSlot(
      final SeriesHandle series, final Segment cells, final long offset, final int cellCount) {
    this.series = series;
    this.buffer = cells.mapping.buffer;
    this.position = cells.mapping.position(offset);
    this.mask = cells.stripes - 1;
    this.stride = cells.stride;
    this.sum = (cellCount - 1) * 8L;
  }

  @Override
  public void observe(final int bucket, final double value) {
    final long first = position + Stripes.index(mask) * stride;
    Memory.ACCESS.getAndAddLong(buffer, first + bucket * 8L, 1);
    Memory.ACCESS.addDouble(buffer, first + sum, value);
  }

  @Override
  public long count() {
    final SeriesCursor cursor = series.read();
    return cursor == null ? 0 : cursor.count();
  }

  @Override
  public long bucket(final int index) {
    final SeriesCursor cursor = series.read();
    return cursor == null ? 0 : cursor.bucket(index);
  }

  @Override
  public double sum() {
    final SeriesCursor cursor = series.read();
    return cursor == null ? 0 : cursor.sum();
  }

  @Override
  public boolean isOverflow() {
    return series.isOverflow();
  }
}
