package io.narthex.backend;

import io.narthex.backend.HeapCells.HeapBlock;
import java.util.Arrays;

/** In each stripe: the sum as a double, then one count per bucket. */
final class HeapDistributionSlot extends DistributionSlot implements HeapValue {
  private final HeapFamily family;
  private final long[] cells;
  private final int stride;
  private final int sumCell;
  private final int buckets;
  private HeapSeries series;

  HeapDistributionSlot(final HeapFamily family, final int buckets) {
    final HeapBlock block = family.cells().reserve(1 + buckets);
    this.family = family;
    this.cells = block.cells;
    this.stride = block.stride;
    this.sumCell = block.first;
    this.buckets = buckets;
  }

  @Override
  public void observe(final int bucket, final double value) {
    final int sumOfStripe = sumCell + HeapCells.stripe() * stride;
    HeapCells.add(cells, sumOfStripe + 1 + bucket, 1);
    HeapCells.addDouble(cells, sumOfStripe, value);
  }

  @Override
  public void observeMany(final int bucket, final long count, final double sum) {
    final int sumOfStripe = sumCell + HeapCells.stripe() * stride;
    HeapCells.add(cells, sumOfStripe + 1 + bucket, count);
    HeapCells.addDouble(cells, sumOfStripe, sum);
  }

  @Override
  public void of(final HeapSeries owner) {
    series = owner;
  }

  @Override
  public long count() {
    long count = 0;
    if (!family.isRetired()) {
      for (final long bucket : series.shown(buckets).buckets) {
        count += bucket;
      }
    }
    return count;
  }

  @Override
  public long bucket(final int index) {
    return family.isRetired() ? 0 : series.shown(buckets).buckets[index];
  }

  @Override
  public void buckets(final long[] counts) {
    if (family.isRetired()) {
      Arrays.fill(counts, 0);
    } else {
      System.arraycopy(series.shown(buckets).buckets, 0, counts, 0, counts.length);
    }
  }

  private long inBucket(final int index) {
    long count = 0;
    for (int s = 0; s < HeapCells.STRIPES; s++) {
      count += HeapCells.get(cells, sumCell + 1 + index + s * stride);
    }
    return count;
  }

  @Override
  public double sum() {
    return family.isRetired() ? 0 : series.shown(buckets).sum;
  }

  @Override
  public boolean read(final HeapCursor cursor, final boolean removed) {
    cursor.room(buckets);
    long any = 0;
    for (int b = 0; b < buckets; b++) {
      final long count = inBucket(b);
      cursor.buckets[b] = count;
      any |= count;
    }
    double sum = 0;
    for (int s = 0; s < HeapCells.STRIPES; s++) {
      sum += Double.longBitsToDouble(HeapCells.get(cells, sumCell + s * stride));
    }
    cursor.sum = sum;
    return !removed || any != 0;
  }

  @Override
  public boolean isOverflow() {
    return family.isOverflow(this);
  }

  @Override
  public void clear() {
    for (int s = 0; s < HeapCells.STRIPES; s++) {
      for (int i = 0; i <= buckets; i++) {
        HeapCells.clear(cells, sumCell + i + s * stride);
      }
    }
  }

  @Override
  public void create() {}
}
