package io.narthex.backend.mapped;

import java.nio.ByteBuffer;

/**
 * Memory with a {@link FaultPoint} after each store that took place. Bytes are copied in two
 * halves, with a point between them, as a process can be killed in the middle of a copy; a word of
 * 8 bytes is written whole or not at all.
 */
final class FaultMemory extends Memory {
  private final Memory memory;

  private FaultMemory(final Memory memory) {
    this.memory = memory;
  }

  /** Makes it; a method, so that the class is not even loaded where it is not called. */
  static Memory around(final Memory memory) {
    return new FaultMemory(memory);
  }

  @Override
  long base(final ByteBuffer buffer) {
    return memory.base(buffer);
  }

  @Override
  int getInt(final ByteBuffer buffer, final long position) {
    return memory.getInt(buffer, position);
  }

  @Override
  void putInt(final ByteBuffer buffer, final long position, final int value) {
    memory.putInt(buffer, position, value);
    FaultPoint.reached("put int");
  }

  @Override
  long getLong(final ByteBuffer buffer, final long position) {
    return memory.getLong(buffer, position);
  }

  @Override
  void putLong(final ByteBuffer buffer, final long position, final long value) {
    memory.putLong(buffer, position, value);
    FaultPoint.reached("put long");
  }

  @Override
  long getLongVolatile(final ByteBuffer buffer, final long position) {
    return memory.getLongVolatile(buffer, position);
  }

  @Override
  void putLongVolatile(final ByteBuffer buffer, final long position, final long value) {
    memory.putLongVolatile(buffer, position, value);
    FaultPoint.reached("put long volatile");
  }

  @Override
  long getAndAddLong(final ByteBuffer buffer, final long position, final long delta) {
    final long before = memory.getAndAddLong(buffer, position, delta);
    FaultPoint.reached("add");
    return before;
  }

  @Override
  boolean compareAndSetLong(
      final ByteBuffer buffer, final long position, final long expected, final long value) {
    final boolean set = memory.compareAndSetLong(buffer, position, expected, value);
    if (set) {
      FaultPoint.reached("compare and set");
    }
    return set;
  }

  @Override
  void getBytes(
      final ByteBuffer buffer,
      final long position,
      final byte[] target,
      final int at,
      final int length) {
    memory.getBytes(buffer, position, target, at, length);
  }

  @Override
  void putBytes(
      final ByteBuffer buffer,
      final long position,
      final byte[] source,
      final int at,
      final int length) {
    final int half = length / 2;
    memory.putBytes(buffer, position, source, at, half);
    FaultPoint.reached("put half of the bytes");
    memory.putBytes(buffer, position + half, source, at + half, length - half);
    FaultPoint.reached("put bytes");
  }
}
