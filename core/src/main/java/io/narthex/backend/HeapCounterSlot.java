package io.narthex.backend;

import io.narthex.backend.HeapCells.HeapBlock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A counter's whole increments go to a striped cell. The others go to one cell that all threads
 * share: they are rare, and a striped one would double the memory of every counter.
 */
final class HeapCounterSlot extends CounterSlot implements HeapValue {
  private static final VarHandle FRACTION;

  static {
    try {
      FRACTION =
          MethodHandles.lookup().findVarHandle(HeapCounterSlot.class, "fraction", double.class);
    } catch (final ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final HeapFamily family;
  private final long[] cells;
  private final int stride;
  private final int first;
  private HeapSeries series;
  private volatile double fraction;

  /** Whether 0 was added since the series was removed, which no sum shows. */
  private volatile boolean touched;

  HeapCounterSlot(final HeapFamily family) {
    final HeapBlock block = family.cells().reserve(1);
    this.family = family;
    this.cells = block.cells;
    this.stride = block.stride;
    this.first = block.first;
  }

  @Override
  public void add(final int amount) {
    if (amount == 0) {
      touched = true;
    }
    HeapCells.add(cells, first + HeapCells.stripe() * stride, amount);
  }

  @Override
  public void add(final double amount) {
    if (amount == 0) {
      touched = true;
    }
    double seen = fraction;
    while (!FRACTION.weakCompareAndSet(this, seen, seen + amount)) {
      seen = fraction;
    }
  }

  @Override
  public void of(final HeapSeries owner) {
    series = owner;
  }

  @Override
  public double value() {
    return family.isRetired() ? 0 : series.shown(0).value;
  }

  @Override
  public boolean read(final HeapCursor cursor, final boolean removed) {
    long whole = 0;
    for (int s = 0; s < HeapCells.STRIPES; s++) {
      whole += HeapCells.get(cells, first + s * stride);
    }
    cursor.value = whole + fraction;
    return !removed || cursor.value != 0 || touched;
  }

  @Override
  public boolean isOverflow() {
    return family.isOverflow(this);
  }

  @Override
  public void clear() {
    for (int s = 0; s < HeapCells.STRIPES; s++) {
      HeapCells.clear(cells, first + s * stride);
    }
    fraction = 0;
    touched = false;
  }

  @Override
  public void create() {}
}
