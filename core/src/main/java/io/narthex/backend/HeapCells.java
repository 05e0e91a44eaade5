package io.narthex.backend;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Hands out striped cells from slabs on the heap.
 *
 * <pre>
 *   slab   | head |- stripe 0 --------------|- stripe 1 --------------|- ...
 *          |      | cell 0 | cell 1 | ... gap| cell 0 | cell 1 | ... gap|
 *   cell i of stripe s: long[head + s * stride + i]
 * </pre>
 *
 * <p>A thread adds in its own stripe only, so that the cells of one stripe stand close together and
 * yet share no cache line with those of another. The gap of a line keeps the stripes' ends apart,
 * and a cell's stripes out of one set of the cache. The head keeps the first cells away from the
 * array's length, which every access of every thread reads.
 */
final class HeapCells {
  static final int STRIPES = 16;

  private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int GAP = 8;

  /** Two lines, as processors fetch neighbours in pairs. */
  private static final int HEAD = 16;

  private static final int FIRST = 64;
  private static final int MOST = 4096;

  private HeapSlab slab = new HeapSlab(FIRST);
  private int used;

  /** Reserves {@code count} neighbouring cells, all zero, in each stripe. */
  synchronized HeapBlock reserve(final int count) {
    if (used + count > slab.width) {
      slab = new HeapSlab(Math.max(count, Math.min(MOST, slab.width * 2)));
      used = 0;
    }
    final HeapBlock block = new HeapBlock(slab.cells, slab.width + GAP, HEAD + used);
    used += count;
    return block;
  }

  /** The calling thread's. */
  static int stripe() {
    return (int) Stripes.index(STRIPES - 1);
  }

  static void add(final long[] cells, final int at, final long amount) {
    final long ignored = (long) CELLS.getAndAdd(cells, at, amount);
  }

  static void addDouble(final long[] cells, final int at, final double amount) {
    long seen = (long) CELLS.getOpaque(cells, at);
    while (true) {
      final long sum = Double.doubleToRawLongBits(Double.longBitsToDouble(seen) + amount);
      final long found = (long) CELLS.compareAndExchange(cells, at, seen, sum);
      if (found == seen) {
        return;
      }
      seen = found;
    }
  }

  static long get(final long[] cells, final int at) {
    return (long) CELLS.getVolatile(cells, at);
  }

  static void clear(final long[] cells, final int at) {
    CELLS.setVolatile(cells, at, 0L);
  }

  private static final class HeapSlab {
    final int width;
    final long[] cells;

    HeapSlab(final int width) {
      this.width = width;
      this.cells = new long[HEAD + STRIPES * (width + GAP)];
    }
  }

  /** Where reserved cells are. */
  static final class HeapBlock {
    final long[] cells;
    final int stride;
    final int first;

    HeapBlock(final long[] cells, final int stride, final int first) {
      this.cells = cells;
      this.stride = stride;
      this.first = first;
    }
  }
}
