package io.narthex.jmh.chronicle;

import io.narthex.backend.DistributionSlot;
import net.openhft.chronicle.bytes.MappedBytes;

/** A cell for the sum, as a double, then one for the count of each bucket. */
final class ChronicleDistributionSlot extends DistributionSlot implements ChronicleValue {
  private final MappedBytes bytes;
  private final long sum;
  private final long firstBucket;
  private final int buckets;
  private final ChronicleFamily family;
  private final boolean overflow;

  ChronicleDistributionSlot(
      final ChronicleFamily family, final long first, final int buckets, final boolean overflow) {
    this.bytes = family.cells().bytes();
    this.sum = first;
    this.firstBucket = first + ChronicleCells.CELL;
    this.buckets = buckets;
    this.family = family;
    this.overflow = overflow;
  }

  static int cells(final int buckets) {
    return 1 + buckets;
  }

  private long cell(final int bucket) {
    return firstBucket + (long) bucket * ChronicleCells.CELL;
  }

  @Override
  public void observe(final int bucket, final double value) {
    bytes.addAndGetLong(cell(bucket), 1);
    bytes.addAndGetDouble(sum, value);
  }

  @Override
  public long count() {
    if (family.isRetired()) {
      return 0;
    }
    long count = 0;
    for (int b = 0; b < buckets; b++) {
      count += bytes.readVolatileLong(cell(b));
    }
    return count;
  }

  @Override
  public long bucket(final int index) {
    return family.isRetired() ? 0 : bytes.readVolatileLong(cell(index));
  }

  @Override
  public double sum() {
    return family.isRetired() ? 0 : bytes.readVolatileDouble(sum);
  }

  @Override
  public boolean isOverflow() {
    return overflow;
  }

  @Override
  public boolean read(final ChronicleCursor cursor, final boolean removed) {
    if (cursor.buckets.length < buckets) {
      cursor.buckets = new long[buckets];
    }
    long any = 0;
    for (int b = 0; b < buckets; b++) {
      cursor.buckets[b] = bytes.readVolatileLong(cell(b));
      any |= cursor.buckets[b];
    }
    cursor.sum = bytes.readVolatileDouble(sum);
    return !removed || any != 0;
  }

  @Override
  public void clear() {
    bytes.writeVolatileDouble(sum, 0);
    for (int b = 0; b < buckets; b++) {
      bytes.writeVolatileLong(cell(b), 0);
    }
  }

  @Override
  public void create() {
    // Cells are zero.
  }
}
