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
  private final int stride;
  private final int sum;
  private final SeriesAccess series;
  private final long offset;

  MappedDistributionSlot(
      final SeriesAccess series,
      final long offset,
      final Segment cells,
      final long firstCell,
      final int cellCount) {
    this.series = series;
    this.offset = offset;
    this.buffer = cells.mapping.buffer;
    this.position = cells.mapping.position(firstCell);
    this.mask = cells.stripes - 1;
    this.stride = (int) cells.stride; // a segment is no longer than an int can tell
    this.sum = (cellCount - 1) * 8;
  }

  @Override
  public void observe(final int bucket, final double value) {
    final long first = position + Stripes.index(mask) * stride;
    Memory.ACCESS.getAndAddLong(buffer, first + bucket * 8L, 1);
    Memory.ACCESS.addDouble(buffer, first + sum, value);
  }

  @Override
  public void observeMany(final int bucket, final long count, final double total) {
    final long first = position + Stripes.index(mask) * stride;
    Memory.ACCESS.getAndAddLong(buffer, first + bucket * 8L, count);
    Memory.ACCESS.addDouble(buffer, first + sum, total);
  }

  @Override
  public long count() {
    final SeriesCursor cursor = series.read(offset);
    return cursor == null ? 0 : cursor.count();
  }

  @Override
  public long bucket(final int index) {
    final SeriesCursor cursor = series.read(offset);
    return cursor == null ? 0 : cursor.bucket(index);
  }

  @Override
  public void buckets(final long[] counts) {
    final SeriesCursor cursor = series.read(offset);
    for (int b = 0; b < counts.length; b++) {
      counts[b] = cursor == null ? 0 : cursor.bucket(b);
    }
  }

  @Override
  public double sum() {
    final SeriesCursor cursor = series.read(offset);
    return cursor == null ? 0 : cursor.sum();
  }

  @Override
  public boolean isOverflow() {
    return series.isOverflow();
  }
}
