package io.narthex.backend.mapped;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory by index into the buffer, bounds-checked by the JDK. Works in every JVM. */
final class VarHandleMemory extends Memory {
  private static final VarHandle INTS =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  @Override
  long base(final ByteBuffer buffer) {
    return 0;
  }

  @Override
  int getInt(final ByteBuffer buffer, final long position) {
    return (int) INTS.get(buffer, (int) position);
  }

  @Override
  void putInt(final ByteBuffer buffer, final long position, final int value) {
    INTS.set(buffer, (int) position, value);
  }

  @Override
  long getLong(final ByteBuffer buffer, final long position) {
    return (long) LONGS.get(buffer, (int) position);
  }

  @Override
  void putLong(final ByteBuffer buffer, final long position, final long value) {
    LONGS.set(buffer, (int) position, value);
  }

  @Override
  long getLongVolatile(final ByteBuffer buffer, final long position) {
    return (long) LONGS.getVolatile(buffer, (int) position);
  }

  @Override
  void putLongVolatile(final ByteBuffer buffer, final long position, final long value) {
    LONGS.setVolatile(buffer, (int) position, value);
  }

  @Override
  long getAndAddLong(final ByteBuffer buffer, final long position, final long delta) {
    return (long) LONGS.getAndAdd(buffer, (int) position, delta);
  }

  @Override
  boolean compareAndSetLong(
      final ByteBuffer buffer, final long position, final long expected, final long value) {
    return LONGS.compareAndSet(buffer, (int) position, expected, value);
  }

  @Override
  void getBytes(
      final ByteBuffer buffer,
      final long position,
      final byte[] target,
      final int at,
      final int length) {
    buffer.get((int) position, target, at, length);
  }

  @Override
  void putBytes(
      final ByteBuffer buffer,
      final long position,
      final byte[] source,
      final int at,
      final int length) {
    buffer.put((int) position, source, at, length);
  }
}
