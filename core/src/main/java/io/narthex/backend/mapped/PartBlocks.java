package io.narthex.backend.mapped;

/** Finds the blocks of cells that have the parts of a series, and hangs in new ones. */
final class PartBlocks {
  private final MappedStore store;

  PartBlocks(final MappedStore store) {
    this.store = store;
  }

  /** How many blocks a series has if it has a part for each row. */
  static int most(final int stripes) {
    return (ProcessTable.ROWS + stripes - 1) / stripes;
  }

  /**
   * The part of a row.
   *
   * @return null if there is none as yet, or if it cannot be reached
   */
  Part find(final long series, final int row) {
    final int stripes = store.stripes();
    final long at = cellsAt(series, row / stripes);
    final Segment cells = at == 0 ? null : segment(at);
    return cells == null ? null : part(cells, at, row % stripes);
  }

  /**
   * The same, after a block was made for it if need be.
   *
   * @return null if there is no room for it
   */
  Part findOrCreate(final long series, final int row, final Deadline deadline) {
    for (int block = 1; block <= row / store.stripes(); block++) {
      if (cellsAt(series, block) == 0 && !append(series, block, deadline)) {
        return null;
      }
    }
    return find(series, row);
  }

  /** The segment of a block; null if no segment has it. */
  Segment segment(final long at) {
    final Segment cells =
        store
            .segments()
            .findOrMap(SegmentDescriptor.KIND_CELLS, at, (long) PartsDescriptor.CELLS * Long.BYTES);
    return cells == null || !cells.hasCells(at, PartsDescriptor.CELLS) ? null : cells;
  }

  static Part part(final Segment cells, final long at, final int stripe) {
    return new Part(cells.mapping.buffer, cells.mapping.position(at) + stripe * cells.stride);
  }

  /** Where the cells of the n-th block lie in stripe 0; 0 if there are not so many blocks. */
  long cellsAt(final long series, final int block) {
    if (block == 0) {
      final Mapping record = store.records().mapping(series, SeriesRecordDescriptor.TEXT_OFFSET);
      return record == null
          ? 0
          : Records.longAt(record, series + SeriesRecordDescriptor.CELLS_OFFSET);
    }
    final long node = node(series, block);
    return node == 0 ? 0 : Records.longAt(mapping(node), node + PartsDescriptor.CELLS_OFFSET);
  }

  private Mapping mapping(final long node) {
    return store.records().mapping(node, PartsDescriptor.BLOCK_LENGTH);
  }

  /** The offset of the n-th block's node, from 1 on; 0 if there is none. */
  private long node(final long series, final int block) {
    long node = series;
    for (int i = 1; i <= block; i++) {
      node = link(series, i, node);
      if (node == 0 || mapping(node) == null) {
        return 0;
      }
    }
    return node;
  }

  /** What follows the node before the n-th one. */
  private long link(final long series, final int block, final long before) {
    final Mapping mapping = linkMapping(series, block, before);
    return Memory.ACCESS.getLongVolatile(
        mapping.buffer, mapping.position(linkAt(series, block, before)));
  }

  private Mapping linkMapping(final long series, final int block, final long before) {
    return block == 1
        ? store.records().mapping(series, SeriesRecordDescriptor.TEXT_OFFSET)
        : mapping(before);
  }

  private static long linkAt(final long series, final int block, final long before) {
    return block == 1
        ? series + SeriesRecordDescriptor.FRACTION_OFFSET
        : before + PartsDescriptor.NEXT_OFFSET;
  }

  private boolean append(final long series, final int block, final Deadline deadline) {
    final long cells = store.arena().takeCells(PartsDescriptor.CELLS, deadline);
    if (cells == 0) {
      return false;
    }
    final long node = store.arena().takeRecord(PartsDescriptor.BLOCK_LENGTH, deadline);
    if (node == 0) {
      store.arena().keepCells(cells, PartsDescriptor.CELLS);
      return false;
    }
    final Mapping mapping = mapping(node);
    final long position = mapping.position(node);
    Memory.ACCESS.putLong(mapping.buffer, position + PartsDescriptor.NEXT_OFFSET, 0);
    Memory.ACCESS.putLong(mapping.buffer, position + PartsDescriptor.CELLS_OFFSET, cells);
    final long before = block == 1 ? series : node(series, block - 1);
    final Mapping link = linkMapping(series, block, before);
    if (link == null) {
      store.arena().keepCells(cells, PartsDescriptor.CELLS);
      store.arena().keepRecord(node, PartsDescriptor.BLOCK_LENGTH);
      return false; // a node before it is damaged
    }
    if (!Memory.ACCESS.compareAndSetLong(
        link.buffer, link.position(linkAt(series, block, before)), 0, node)) {
      store.arena().keepCells(cells, PartsDescriptor.CELLS); // another process was first
      store.arena().keepRecord(node, PartsDescriptor.BLOCK_LENGTH);
    }
    return true;
  }
}
