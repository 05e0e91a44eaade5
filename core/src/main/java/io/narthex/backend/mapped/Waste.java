package io.narthex.backend.mapped;

/** How many bytes of the file were used up for good, as its header counts them. */
final class Waste {
  private final Mapping fixed;

  Waste(final Mapping fixed) {
    this.fixed = fixed;
  }

  long bytes() {
    return Memory.ACCESS.getLongVolatile(fixed.buffer, position());
  }

  void add(final long bytes) {
    Memory.ACCESS.getAndAddLong(fixed.buffer, position(), bytes);
  }

  private long position() {
    return fixed.position(HeaderDescriptor.WASTED_OFFSET);
  }
}
