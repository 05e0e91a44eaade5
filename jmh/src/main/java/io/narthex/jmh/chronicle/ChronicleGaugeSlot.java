package io.narthex.jmh.chronicle;

import io.narthex.backend.GaugeSlot;
import net.openhft.chronicle.bytes.MappedBytes;

/** One cell: the bits of a double, or a NaN of its own for "not set". */
final class ChronicleGaugeSlot extends GaugeSlot implements ChronicleValue {
  /** No {@link #set} stores it, since that stores the one canonical NaN for all of them. */
  private static final long UNSET = 0x7ff8_6368_726f_6e69L;

  private final MappedBytes bytes;
  private final long cell;
  private final ChronicleFamily family;
  private final boolean startsAtZero;
  private final boolean overflow;

  ChronicleGaugeSlot(
      final ChronicleFamily family,
      final long cell,
      final boolean startsAtZero,
      final boolean overflow) {
    this.bytes = family.cells().bytes();
    this.cell = cell;
    this.family = family;
    this.startsAtZero = startsAtZero;
    this.overflow = overflow;
    unset();
  }

  @Override
  public void set(final double value) {
    bytes.writeVolatileLong(cell, Double.doubleToLongBits(value));
  }

  @Override
  public void add(final double amount) {
    long seen = bytes.readVolatileLong(cell);
    while (!bytes.compareAndSwapLong(cell, seen, sum(seen, amount))) {
      seen = bytes.readVolatileLong(cell);
    }
  }

  private static long sum(final long seen, final double amount) {
    return Double.doubleToLongBits(seen == UNSET ? amount : Double.longBitsToDouble(seen) + amount);
  }

  @Override
  public void unset() {
    bytes.writeVolatileLong(cell, UNSET);
  }

  @Override
  public double value() {
    return family.isRetired() ? Double.NaN : Double.longBitsToDouble(bytes.readVolatileLong(cell));
  }

  @Override
  public boolean isOverflow() {
    return overflow;
  }

  @Override
  public boolean read(final ChronicleCursor cursor, final boolean removed) {
    final long seen = bytes.readVolatileLong(cell);
    cursor.value = Double.longBitsToDouble(seen);
    return seen != UNSET;
  }

  @Override
  public void clear() {
    unset();
  }

  @Override
  public void create() {
    if (startsAtZero) {
      bytes.compareAndSwapLong(cell, UNSET, 0L);
    }
  }
}
