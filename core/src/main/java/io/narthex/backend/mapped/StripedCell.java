package io.narthex.backend.mapped;

import io.narthex.backend.Stripes;
import java.nio.ByteBuffer;

/** A cell of doubles in every stripe of a segment. */
final class StripedCell {
  private final ByteBuffer buffer;
  private final long position;
  private final int mask;
  private final long stride;

  StripedCell(final ByteBuffer buffer, final long position, final int mask, final long stride) {
    this.buffer = buffer;
    this.position = position;
    this.mask = mask;
    this.stride = stride;
  }

  void add(final double amount) {
    Memory.ACCESS.addDouble(buffer, position + Stripes.index(mask) * stride, amount);
  }
}
