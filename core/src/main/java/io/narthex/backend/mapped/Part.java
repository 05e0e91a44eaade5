package io.narthex.backend.mapped;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Where the part of one process row in one series lies, as {@link PartsDescriptor} draws it. */
record Part(ByteBuffer buffer, long position) {
  /**
   * A part that nobody sees: for handles that are made through a backend which was closed, where
   * the file was opened again since and has another number for this process.
   */
  static Part nowhere() {
    final ByteBuffer buffer =
        ByteBuffer.allocateDirect(PartsDescriptor.CELLS * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    return new Part(buffer, Memory.ACCESS.base(buffer));
  }

  long valuePosition() {
    return position + PartsDescriptor.VALUE_OFFSET;
  }

  /** The incarnation that has it; 0: it is free. */
  long owner() {
    return Memory.ACCESS.getLongVolatile(buffer, position);
  }

  long value() {
    return Memory.ACCESS.getLongVolatile(buffer, valuePosition());
  }

  void free(final long owner) {
    Memory.ACCESS.compareAndSetLong(buffer, position, owner, 0);
  }

  /** Takes a free part, which counts only from the first value on; by the owner of its row. */
  void take(final long owner) {
    Memory.ACCESS.putLongVolatile(buffer, valuePosition(), SeriesRecordDescriptor.UNSET);
    Memory.ACCESS.putLongVolatile(buffer, position, owner);
  }

  /** Takes the value away, whoever sets it meanwhile. */
  void unset() {
    long bits;
    do {
      bits = value();
    } while (bits != SeriesRecordDescriptor.UNSET
        && !Memory.ACCESS.compareAndSetLong(
            buffer, valuePosition(), bits, SeriesRecordDescriptor.UNSET));
  }
}
