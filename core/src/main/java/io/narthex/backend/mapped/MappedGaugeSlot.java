package io.narthex.backend.mapped;

import io.narthex.backend.GaugeSlot;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** One double in a series' record: the value of a gauge, an info or a state set. */
final class MappedGaugeSlot extends GaugeSlot {
  private final ByteBuffer buffer;
  private final long position;
  private final SeriesHandle series;

  MappedGaugeSlot(final SeriesHandle series, final ByteBuffer buffer, final long position) {
    this.series = series;
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
  public double value() {
    final SeriesCursor cursor = series.read();
    return cursor == null ? Double.NaN : cursor.value();
  }

  @Override
  public boolean isOverflow() {
    return series.isOverflow();
  }
}
