package io.narthex.stress.damage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All fields of an undamaged file by their regions, so that each of them can be aimed at, in the
 * first segments and in later ones, and all offsets that lead to something, so that they can lead
 * to something else. Written from the drawings in the engine's descriptors, as {@link FileLayout}
 * is.
 */
final class Fields {
  private static final int[] HEADER_INTS = {8, 12, 16, 20};
  private static final int[] FAMILY_INTS = {40, 44, 56, 60, 64, 68};
  private static final int[] FAMILY_LONGS = {24, 32, 48};
  private static final int[] SERIES_INTS = {48, 52};
  private static final int[] SERIES_LONGS = {24, 32, 40, 56, 64, 72, 80, 88};
  private static final int FIRST_ROWS = 8;
  private static final int LAST_ROW = 511;

  private final ByteBuffer file;
  private final Map<Region, List<Field>> byRegion = new EnumMap<>(Region.class);
  private final Map<Region, List<Field>> later = new EnumMap<>(Region.class);
  private final List<Entry> records = new ArrayList<>();
  private final List<Long> offsets = new ArrayList<>();

  /**
   * One field.
   *
   * @param owner where the record, row or block begins that has it
   */
  record Field(int at, int width, int owner) {}

  /** A record that the index leads to. */
  record Entry(int at, int kind) {}

  private Fields(final byte[] whole) {
    this.file = FileLayout.buffer(whole);
    for (final Region region : Region.values()) {
      byRegion.put(region, new ArrayList<>());
      later.put(region, new ArrayList<>());
    }
    header();
    for (int row = 0; row < FIRST_ROWS; row++) {
      longs(Region.PROCESSES, FileLayout.PROCESSES + row * FileLayout.ROW, 0, 56);
    }
    longs(Region.PROCESSES, FileLayout.PROCESSES + LAST_ROW * FileLayout.ROW, 0, 56);
    int row = 0;
    for (; FileLayout.kind(file, row) != 0; row++) {
      longs(Region.DIRECTORY, FileLayout.DIRECTORY + row * FileLayout.ROW, 0, 64);
      final int[] segment = FileLayout.segment(whole, row);
      offsets.add((long) segment[0]);
      offsets.add((long) segment[1]);
      if (FileLayout.kind(file, row) == FileLayout.INDEX) {
        index(segment);
      }
    }
    // And the first one that is none.
    longs(Region.DIRECTORY, FileLayout.DIRECTORY + row * FileLayout.ROW, 0, 64);
  }

  static Fields of(final byte[] whole) {
    return new Fields(whole);
  }

  /** Those of a region; none of one that has no fields. */
  List<Field> of(final Region region) {
    return byRegion.get(region);
  }

  /** Those of a region in segments that are not the first ones of their kinds; may be none. */
  List<Field> later(final Region region) {
    return later.get(region);
  }

  /**
   * Those of a region that are worth most: the later ones where there are any, since the first ones
   * are aimed at in files that have no others.
   */
  List<Field> aims(final Region region) {
    final List<Field> possible = later(region);
    return possible.isEmpty() ? of(region) : possible;
  }

  List<Entry> records() {
    return records;
  }

  /** Where segments, records, blocks and cells begin. */
  List<Long> offsets() {
    return offsets;
  }

  private void header() {
    longs(Region.HEADER, 0, 0, 8);
    ints(Region.HEADER, 0, HEADER_INTS);
    longs(Region.HEADER, 0, 24, 144);
  }

  private void index(final int[] words) {
    for (int at = words[0]; at < words[1]; at += Long.BYTES) {
      final long word = file.getLong(at);
      if (word != 0) {
        add(Region.INDEX, at, Long.BYTES, words[0]);
        if (at + Long.BYTES < words[1]) {
          add(Region.INDEX, at + Long.BYTES, Long.BYTES, words[0]); // mostly an empty one
        }
        record((int) (word & FileLayout.OFFSET_MASK));
      }
    }
  }

  private void record(final int at) {
    offsets.add((long) at);
    ints(Region.PREFIX, at, 0, 4);
    longs(Region.PREFIX, at, 8, 24);
    final int kind = file.getInt(at + FileLayout.KIND);
    records.add(new Entry(at, kind));
    if (kind == FileLayout.FAMILY) {
      family(at);
    } else {
      series(at);
    }
  }

  private void family(final int at) {
    ints(Region.FAMILY, at, FAMILY_INTS);
    for (final int field : FAMILY_LONGS) {
      longs(Region.FAMILY, at, field, field + Long.BYTES);
    }
    final int bounds = FileLayout.FAMILY_BODY + file.getInt(at + 60) * Double.BYTES;
    longs(Region.FAMILY, at, FileLayout.FAMILY_BODY, bounds);
    int next = at + bounds;
    final int strings = 3 + file.getInt(at + 56) + file.getInt(at + 64);
    for (int i = 0; i < strings; i++) {
      add(Region.FAMILY, next, Integer.BYTES, at);
      final int length = file.getInt(next);
      text(next + Integer.BYTES, length, at);
      next += Integer.BYTES + length;
    }
  }

  private void series(final int at) {
    ints(Region.SERIES, at, SERIES_INTS);
    for (final int field : SERIES_LONGS) {
      longs(Region.SERIES, at, field, field + Long.BYTES);
    }
    text(at + FileLayout.SERIES_TEXT, file.getInt(at + FileLayout.TEXT_LENGTH), at);
    final long cells = file.getLong(at + FileLayout.CELLS_AT);
    if (FileLayout.hasParts(file, at)) {
      cells(Region.PARTS, cells, 2);
      parts(at);
    } else {
      cells(Region.CELLS, cells, file.getInt(at + FileLayout.CELL_COUNT));
      cells(Region.CELLS, file.getLong(at + FileLayout.FRACTION), 1);
      baseline((int) (file.getLong(at + FileLayout.BASELINE) & ~FileLayout.HIDDEN));
    }
  }

  private void baseline(final int block) {
    if (block != 0) {
      offsets.add((long) block);
      longs(Region.BASELINE, block, 0, 16 + (int) file.getLong(block + 8) * Long.BYTES);
    }
  }

  private void parts(final int series) {
    final int retired = (int) (file.getLong(series + FileLayout.BASELINE) & FileLayout.OFFSET_MASK);
    if (retired != 0) {
      offsets.add((long) retired);
      longs(Region.PARTS, retired, 0, 24);
    }
    for (int node = (int) file.getLong(series + FileLayout.FRACTION); node != 0; ) {
      offsets.add((long) node);
      longs(Region.PARTS, node, 0, 16);
      cells(Region.PARTS, file.getLong(node + 8), 2);
      node = (int) file.getLong(node);
    }
  }

  private void cells(final Region region, final long first, final int count) {
    if (first != 0) {
      offsets.add(first);
      final long stride = FileLayout.stride(file, first);
      for (int stripe = 0; stripe < FileLayout.stripes(file); stripe++) {
        longs(region, (int) (first + stripe * stride), 0, count * Long.BYTES);
      }
    }
  }

  private void text(final int at, final int length, final int owner) {
    for (int i = 0; i < length; i++) {
      add(Region.TEXT, at + i, 1, owner);
    }
  }

  private void ints(final Region region, final int owner, final int... fields) {
    for (final int field : fields) {
      add(region, owner + field, Integer.BYTES, owner);
    }
  }

  private void longs(final Region region, final int owner, final int from, final int to) {
    for (int field = from; field < to; field += Long.BYTES) {
      add(region, owner + field, Long.BYTES, owner);
    }
  }

  private void add(final Region region, final int at, final int width, final int owner) {
    final Field field = new Field(at, width, owner);
    byRegion.get(region).add(field);
    if (FileLayout.isLater(file, at)) {
      later.get(region).add(field);
    }
  }
}
