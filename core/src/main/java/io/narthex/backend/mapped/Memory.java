package io.narthex.backend.mapped;

import io.narthex.backend.EngineLog;
import java.lang.System.Logger.Level;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * Access to mapped memory. A place is a buffer and a position: the raw address where Agrona carries
 * the access, the index into the buffer otherwise. Callers keep both, so that a handle is flat and
 * keeps its mapping reachable whichever implementation is in force.
 *
 * <p>All values are little-endian. Positions are not checked here: whoever takes an offset from a
 * file has checked its range and alignment.
 *
 * <p>{@link #ACCESS} is a constant, so the JIT compiler sees through it; only one implementation is
 * in force in a JVM. A test may have a {@link FaultPoint} put behind its stores.
 */
abstract class Memory {
  /** The one implementation in force in this JVM. */
  static final Memory ACCESS = choose();

  private static final String FLAG = "--add-opens java.base/jdk.internal.misc=ALL-UNNAMED";

  /** The position of the buffer's first byte. */
  abstract long base(ByteBuffer buffer);

  abstract int getInt(ByteBuffer buffer, long position);

  abstract void putInt(ByteBuffer buffer, long position, int value);

  /** Plain load. */
  abstract long getLong(ByteBuffer buffer, long position);

  /** Plain store. */
  abstract void putLong(ByteBuffer buffer, long position, long value);

  /** Volatile load: later accesses stay behind it, and it stays behind earlier volatile stores. */
  abstract long getLongVolatile(ByteBuffer buffer, long position);

  /** Volatile store. */
  abstract void putLongVolatile(ByteBuffer buffer, long position, long value);

  /** Atomic add with volatile semantics; returns the value before. */
  abstract long getAndAddLong(ByteBuffer buffer, long position, long delta);

  /** Compare-and-set with volatile semantics. */
  abstract boolean compareAndSetLong(ByteBuffer buffer, long position, long expected, long value);

  /** Copies bytes out. */
  abstract void getBytes(ByteBuffer buffer, long position, byte[] target, int at, int length);

  /** Copies bytes in. */
  abstract void putBytes(ByteBuffer buffer, long position, byte[] source, int at, int length);

  /** Adds to the double at a position, atomically, by compare-and-set on its bits. */
  final void addDouble(final ByteBuffer buffer, final long position, final double amount) {
    try {
      long bits;
      do {
        bits = getLongVolatile(buffer, position);
      } while (!compareAndSetLong(
          buffer,
          position,
          bits,
          Double.doubleToRawLongBits(Double.longBitsToDouble(bits) + amount)));
    } finally {
      // With raw addresses nothing else keeps the mapping while the loop goes round.
      Reference.reachabilityFence(buffer);
    }
  }

  private static Memory choose() {
    final Memory chosen = fastest();
    return FaultPoint.isHooked() ? FaultMemory.around(chosen) : chosen;
  }

  private static Memory fastest() {
    try {
      return AgronaMemory.create();
    } catch (final IllegalAccessError | ExceptionInInitializerError | NoClassDefFoundError e) {
      final EngineLog log = EngineLog.of(Memory.class);
      log.log(
          Level.INFO,
          "memory access by VarHandle, which is a little slower than by Agrona; to use Agrona start"
              + " the JVM with "
              + FLAG);
      return new VarHandleMemory();
    }
  }
}
