package io.narthex.backend;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One cell: the last set wins, so there is nothing to stripe. */
final class HeapGaugeSlot extends GaugeSlot implements HeapValue {
  /** A NaN that no {@link #set} stores, since that stores the one canonical NaN for all of them. */
  static final long UNSET = 0x7ff8_6e61_7274_6865L;

  private static final VarHandle BITS;

  static {
    try {
      BITS = MethodHandles.lookup().findVarHandle(HeapGaugeSlot.class, "bits", long.class);
    } catch (final ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final HeapFamily family;
  private final boolean startsAtZero;
  private volatile long bits = UNSET;

  HeapGaugeSlot(final HeapFamily family, final boolean startsAtZero) {
    this.family = family;
    this.startsAtZero = startsAtZero;
  }

  /** It is one cell, which needs nobody to tell what belongs together. */
  @Override
  public void of(final HeapSeries series) {}

  @Override
  public void set(final double value) {
    bits = Double.doubleToLongBits(value);
  }

  @Override
  public void add(final double amount) {
    long seen = bits;
    while (!BITS.weakCompareAndSet(this, seen, sum(seen, amount))) {
      seen = bits;
    }
  }

  @Override
  public void unset() {
    bits = UNSET;
  }

  private static long sum(final long seen, final double amount) {
    return Double.doubleToLongBits(seen == UNSET ? amount : Double.longBitsToDouble(seen) + amount);
  }

  @Override
  public double value() {
    return family.isRetired() ? Double.NaN : Double.longBitsToDouble(bits);
  }

  @Override
  public boolean read(final HeapCursor cursor, final boolean removed) {
    final long seen = bits;
    cursor.value = Double.longBitsToDouble(seen);
    return seen != UNSET;
  }

  @Override
  public boolean isOverflow() {
    return family.isOverflow(this);
  }

  @Override
  public void clear() {
    unset();
  }

  @Override
  public void create() {
    if (startsAtZero) {
      BITS.compareAndSet(this, UNSET, 0L);
    }
  }
}
