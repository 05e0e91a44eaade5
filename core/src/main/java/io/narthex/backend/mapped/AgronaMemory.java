package io.narthex.backend.mapped;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/** Memory by raw address. Works only where the JVM opens {@code jdk.internal.misc}. */
final class AgronaMemory extends Memory {
  private static final long ARRAY_BASE = UnsafeApi.arrayBaseOffset(byte[].class);

  private AgronaMemory() {}

  /**
   * Makes the access, if the JVM allows it.
   *
   * @throws IllegalAccessError if it does not
   */
  static Memory create() {
    UnsafeApi.pageSize();
    return new AgronaMemory();
  }

  @Override
  long base(final ByteBuffer buffer) {
    return BufferUtil.address(buffer);
  }

  @Override
  int getInt(final ByteBuffer buffer, final long position) {
    return UnsafeApi.getInt(position);
  }

  @Override
  void putInt(final ByteBuffer buffer, final long position, final int value) {
    UnsafeApi.putInt(position, value);
  }

  @Override
  long getLong(final ByteBuffer buffer, final long position) {
    return UnsafeApi.getLong(position);
  }

  @Override
  void putLong(final ByteBuffer buffer, final long position, final long value) {
    UnsafeApi.putLong(position, value);
  }

  @Override
  long getLongVolatile(final ByteBuffer buffer, final long position) {
    return UnsafeApi.getLongVolatile(null, position);
  }

  @Override
  void putLongVolatile(final ByteBuffer buffer, final long position, final long value) {
    UnsafeApi.putLongVolatile(null, position, value);
  }

  @Override
  long getAndAddLong(final ByteBuffer buffer, final long position, final long delta) {
    return UnsafeApi.getAndAddLong(null, position, delta);
  }

  @Override
  boolean compareAndSetLong(
      final ByteBuffer buffer, final long position, final long expected, final long value) {
    return UnsafeApi.compareAndSetLong(null, position, expected, value);
  }

  @Override
  void getBytes(
      final ByteBuffer buffer,
      final long position,
      final byte[] target,
      final int at,
      final int length) {
    UnsafeApi.copyMemory(null, position, target, ARRAY_BASE + at, length);
  }

  @Override
  void putBytes(
      final ByteBuffer buffer,
      final long position,
      final byte[] source,
      final int at,
      final int length) {
    UnsafeApi.copyMemory(source, ARRAY_BASE + at, null, position, length);
  }
}
