package io.narthex.backend.mapped;

import io.narthex.backend.GaugeSlot;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * One double: the value of a gauge or a state set in the series' record, or this process's part of
 * a gauge or an info.
 */
final class MappedGaugeSlot extends GaugeSlot {
  private final ByteBuffer buffer;
  private final long position;
  private final SeriesAccess series;
  private final long offset;

  MappedGaugeSlot(
      final SeriesAccess series, final long offset, final ByteBuffer buffer, final long position) {
    this.series = series;
    this.offset = offset;
    this.buffer = buffer;
    this.position = position;
  }

  @Override
  public void set(final double value) {
    // Makes every NaN the canonical one, so that none is taken for "unset".
    Memory.ACCESS.putLongVolatile(buffer, position, Double.doubleToLongBits(value));
  }

  @Override
  public void add(final double amount) {
    try {
      long bits;
      double value;
      do {
        bits = Memory.ACCESS.getLongVolatile(buffer, position);
        value = bits == SeriesRecordDescriptor.UNSET ? 0 : Double.longBitsToDouble(bits);
      } while (!Memory.ACCESS.compareAndSetLong(
          buffer, position, bits, Double.doubleToLongBits(value + amount)));
    } finally {
      // As in Memory.addDouble.
      Reference.reachabilityFence(buffer);
    }
  }

  @Override
  public void unset() {
    Memory.ACCESS.putLongVolatile(buffer, position, SeriesRecordDescriptor.UNSET);
  }

  @Override
  public double value() {
    return series.gauge(offset);
  }

  @Override
  public boolean isOverflow() {
    return series.isOverflow();
  }
}
