package io.narthex.backend;

import io.narthex.backend.HeapCells.HeapBlock;

/** In each stripe: the sum as a double, then one count per bucket. */
final class HeapDistributionSlot extends DistributionSlot implements HeapValue {
  private final HeapFamily family;
  private final long[] cells;
  private final int stride;
  private final int sumCell;
  private final int buckets;

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
  public long count() {
    if (family.isRetired()) {
      return 0;
    }
    long count = 0;
    for (int b = 0; b < buckets; b++) {
      count += inBucket(b);
    }
    return count;
  }

  @Override
  public long bucket(final int index) {
    return family.isRetired() ? 0 : inBucket(index);
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
    return family.isRetired() ? 0 : total();
  }

  private double total() {
    double sum = 0;
    for (int s = 0; s < HeapCells.STRIPES; s++) {
      sum += Double.longBitsToDouble(HeapCells.get(cells, sumCell + s * stride));
    }
    return sum;
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
    cursor.sum = total();
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
