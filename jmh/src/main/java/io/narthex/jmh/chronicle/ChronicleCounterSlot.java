package io.narthex.jmh.chronicle;

import io.narthex.backend.CounterSlot;
import net.openhft.chronicle.bytes.MappedBytes;

/** Two cells: the sum of whole amounts, and, as a double, that of all others. */
final class ChronicleCounterSlot extends CounterSlot implements ChronicleValue {
  static final int CELLS = 2;

  private final MappedBytes bytes;
  private final long whole;
  private final long fraction;
  private final ChronicleFamily family;
  private final boolean overflow;

  /** Whether 0 was added since the series was removed, which no sum shows. */
  private volatile boolean touched;

  ChronicleCounterSlot(final ChronicleFamily family, final long first, final boolean overflow) {
    this.bytes = family.cells().bytes();
    this.whole = first;
    this.fraction = first + ChronicleCells.CELL;
    this.family = family;
    this.overflow = overflow;
  }

  @Override
  public void add(final int amount) {
    if (amount == 0) {
      touched = true;
    }
    bytes.addAndGetLong(whole, amount);
  }

  @Override
  public void add(final double amount) {
    if (amount == 0) {
      touched = true;
    }
    bytes.addAndGetDouble(fraction, amount);
  }

  @Override
  public double value() {
    return family.isRetired() ? 0 : total();
  }

  private double total() {
    return bytes.readVolatileLong(whole) + bytes.readVolatileDouble(fraction);
  }

  @Override
  public boolean isOverflow() {
    return overflow;
  }

  @Override
  public boolean read(final ChronicleCursor cursor, final boolean removed) {
    cursor.value = total();
    return !removed || cursor.value != 0 || touched;
  }

  @Override
  public void clear() {
    bytes.writeVolatileLong(whole, 0);
    bytes.writeVolatileDouble(fraction, 0);
    touched = false;
  }

  @Override
  public void create() {
    // Cells are zero.
  }
}
