package io.narthex.backend.mapped;

import io.narthex.backend.Series;

/**
 * Reads one series after the other out of the file; for one thread. Nothing is allocated per
 * series. What is read from a record is checked before it is used.
 */
final class SeriesCursor implements Series {
  /** So that nobody who removes the series again and again can hold up a scrape. */
  private static final int MAX_ATTEMPTS = 16;

  private final Segments segments;
  private final Records records;
  private final int cellCount;
  private final long[] buckets;

  private Mapping record;
  private Segment cells;
  private Segment fraction;
  private long position;
  private long cellsAt;
  private int textLength;
  private long createdMillis;
  private long whole;
  private double number;

  SeriesCursor(final Segments segments, final Records records, final FamilyEntry family) {
    this.segments = segments;
    this.records = records;
    this.cellCount = family.cellCount();
    this.buckets = new long[Math.max(0, cellCount - 1)];
  }

  /**
   * Reads the series at an offset.
   *
   * @return false if it is not to be shown: removed, not set yet, or damaged
   */
  boolean read(final long offset) {
    number = 0;
    if (!moveTo(offset)) {
      return false;
    }
    if (cellCount == 0) {
      return readValue();
    }
    for (int attempt = 1; ; attempt++) {
      // The baseline first: sums only grow, so what is read after it is not below it.
      final long baseline = get(SeriesRecordDescriptor.BASELINE_OFFSET);
      if (!readSums()) {
        return false;
      }
      // A removal meanwhile would leave what was removed and what came after it in one sum.
      if (get(SeriesRecordDescriptor.BASELINE_OFFSET) == baseline || attempt == MAX_ATTEMPTS) {
        return baseline == 0 || subtract(baseline);
      }
    }
  }

  /**
   * Reads the sums since the creation of the series, for a baseline.
   *
   * @return false if the record is damaged
   */
  boolean readRaw(final long offset) {
    return moveTo(offset) && readSums();
  }

  /** How many sums a baseline of such a series has. */
  int sumCount() {
    return cellCount == 1 ? 2 : cellCount;
  }

  /** One of the sums that were read, as bits. */
  long sumBits(final int index) {
    if (index == sumCount() - 1) {
      return Double.doubleToRawLongBits(number);
    }
    return cellCount == 1 ? whole : buckets[index];
  }

  /** Whether the doubles that were read have a finite sum. */
  boolean isFinite() {
    return Double.isFinite(number);
  }

  /** Sets the double cells of the series that was read raw to zero. */
  void zeroDoubles() {
    if (cellCount > 1) {
      zero(cells, cells.mapping.position(cellsAt) + buckets.length * 8L);
      return;
    }
    Memory.ACCESS.putLongVolatile(record.buffer, position + SeriesRecordDescriptor.VALUE_OFFSET, 0);
    final long at = get(SeriesRecordDescriptor.FRACTION_OFFSET);
    fraction = at == 0 ? null : cellsAt(fraction, at, 1);
    if (fraction != null) {
      zero(fraction, fraction.mapping.position(at));
    }
  }

  private static void zero(final Segment segment, final long first) {
    for (int s = 0; s < segment.stripes; s++) {
      Memory.ACCESS.putLongVolatile(segment.mapping.buffer, first + s * segment.stride, 0);
    }
  }

  private boolean moveTo(final long offset) {
    if (record == null || !record.holds(offset, SeriesRecordDescriptor.TEXT_OFFSET)) {
      record = records.mapping(offset, SeriesRecordDescriptor.TEXT_OFFSET);
      if (record == null) {
        return false;
      }
    }
    position = record.position(offset);
    textLength =
        Memory.ACCESS.getInt(record.buffer, position + SeriesRecordDescriptor.TEXT_LENGTH_OFFSET);
    createdMillis =
        Memory.ACCESS.getLong(record.buffer, position + SeriesRecordDescriptor.CREATED_OFFSET);
    return textLength >= 0
        && record.holds(offset, SeriesRecordDescriptor.TEXT_OFFSET + (long) textLength);
  }

  private boolean readValue() {
    final long bits = get(SeriesRecordDescriptor.VALUE_OFFSET);
    number = Double.longBitsToDouble(bits);
    return bits != SeriesRecordDescriptor.UNSET;
  }

  private boolean readSums() {
    cellsAt = Memory.ACCESS.getLong(record.buffer, position + SeriesRecordDescriptor.CELLS_OFFSET);
    cells = cellsAt(cells, cellsAt, cellCount);
    if (cells == null) {
      return false;
    }
    final long first = cells.mapping.position(cellsAt);
    if (cellCount == 1) {
      whole = sumLongs(cells, first);
      number = readFraction();
    } else {
      // The reverse of an observation's order: whatever value is in the sum, its count is there
      // too.
      number = sumDoubles(cells, first + buckets.length * 8L);
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = sumLongs(cells, first + i * 8L);
      }
    }
    return true;
  }

  private double readFraction() {
    final double unstriped = Double.longBitsToDouble(get(SeriesRecordDescriptor.VALUE_OFFSET));
    final long at = get(SeriesRecordDescriptor.FRACTION_OFFSET);
    if (at == 0) {
      return unstriped;
    }
    fraction = cellsAt(fraction, at, 1);
    return fraction == null
        ? unstriped
        : unstriped + sumDoubles(fraction, fraction.mapping.position(at));
  }

  private Segment cellsAt(final Segment last, final long offset, final int count) {
    final Segment segment =
        last != null && last.mapping.holds(offset, count * 8L)
            ? last
            : segments.findOrMap(SegmentDescriptor.KIND_CELLS, offset, count * 8L);
    return segment != null && segment.hasCells(offset, count) ? segment : null;
  }

  private static long sumLongs(final Segment segment, final long first) {
    long sum = 0;
    long at = first;
    for (int s = 0; s < segment.stripes; s++) {
      sum += Memory.ACCESS.getLongVolatile(segment.mapping.buffer, at);
      at += segment.stride;
    }
    return sum;
  }

  private static double sumDoubles(final Segment segment, final long first) {
    double sum = 0;
    long at = first;
    for (int s = 0; s < segment.stripes; s++) {
      sum += Double.longBitsToDouble(Memory.ACCESS.getLongVolatile(segment.mapping.buffer, at));
      at += segment.stride;
    }
    return sum;
  }

  private boolean subtract(final long word) {
    final boolean hidden = (word & SeriesRecordDescriptor.HIDDEN) != 0;
    final long offset = word & ~SeriesRecordDescriptor.HIDDEN;
    if (offset == 0) {
      return !hidden || isChanged();
    }
    final int sums = sumCount();
    final Mapping block = records.mapping(offset, BaselineDescriptor.length(sums));
    if (block == null) {
      return false;
    }
    createdMillis = Records.longAt(block, offset + BaselineDescriptor.REMOVED_OFFSET);
    final long first = offset + BaselineDescriptor.SUMS_OFFSET;
    if (cellCount == 1) {
      whole -= Records.longAt(block, first);
    } else {
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] -= Records.longAt(block, first + i * 8L);
      }
    }
    number -= Double.longBitsToDouble(Records.longAt(block, first + (sums - 1) * 8L));
    if (cellCount == 1 && number < 0) {
      number = 0; // a sum that was not finite is being set to zero for a removal
    }
    return !hidden || isChanged();
  }

  /** A distribution's sum alone may be that of an observation which overlapped the removal. */
  private boolean isChanged() {
    return count() != 0 || (cellCount == 1 && number != 0);
  }

  /** Whether what was read is such a sum, which the next removal takes. */
  boolean isRest() {
    return cellCount > 1 && count() == 0 && number != 0;
  }

  private long get(final int field) {
    return Memory.ACCESS.getLongVolatile(record.buffer, position + field);
  }

  /** The whole amounts of a counter, or the observations of a distribution. */
  long count() {
    long count = whole;
    for (final long bucket : buckets) {
      count += bucket;
    }
    return count;
  }

  @Override
  public int labelsLength() {
    return textLength;
  }

  @Override
  public void copyLabels(final byte[] target, final int at) {
    if (at < 0 || at > target.length - textLength) {
      throw new IndexOutOfBoundsException(
          "label text of " + textLength + " bytes does not fit at " + at + " of " + target.length);
    }
    Memory.ACCESS.getBytes(
        record.buffer, position + SeriesRecordDescriptor.TEXT_OFFSET, target, at, textLength);
  }

  @Override
  public long createdMillis() {
    return createdMillis;
  }

  @Override
  public double value() {
    return cellCount == 1 ? whole + number : number;
  }

  @Override
  public long bucket(final int index) {
    return buckets[index];
  }

  @Override
  public double sum() {
    return number;
  }
}
