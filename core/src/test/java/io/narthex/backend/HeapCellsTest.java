package io.narthex.backend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.backend.HeapCells.HeapBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapCellsTest {
  /** A cache line of longs. */
  private static final int LINE = 8;

  /** What one thread writes slows down all that is read or written in the same line. */
  @Test
  void shouldShareNoCacheLineBetweenStripesNorWithTheArraysLength() {
    final HeapCells cells = new HeapCells();
    final List<HeapBlock> slab = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < 1_000; i++) {
      final int count = 1 + i % 13;
      final HeapBlock block = cells.reserve(count);
      if (!slab.isEmpty() && slab.get(0).cells != block.cells) {
        check(slab, end);
        slab.clear();
      }
      slab.add(block);
      end = block.first + count;
    }
    check(slab, end);
  }

  private static void check(final List<HeapBlock> slab, final int end) {
    final HeapBlock first = slab.get(0);
    assertTrue(first.first >= 2 * LINE, "the array's length, and what is before it");
    assertTrue(first.first + first.stride - end >= LINE, "the next stripe");
    assertTrue(
        first.cells.length - (end + (HeapCells.STRIPES - 1) * first.stride) >= LINE,
        "what is behind the array");
  }
}
