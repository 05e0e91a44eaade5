package io.narthex.tools.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The segments of a compacted file, and how much of each is taken. */
final class Plan {
  /** A segment to be: {@code used} in its units. */
  record Place(int kind, long offset, long length, long stride, long used) {}

  private static final long RECORDS_MOST = Layout.MAX_SEGMENT;

  private final List<Place> places = new ArrayList<>();
  private final Map<Integer, List<Place>> byKind = new HashMap<>();
  private final int stripes;
  private long end = Layout.FIRST_SEGMENT_AT;

  private Plan(final int stripes) {
    this.stripes = stripes;
  }

  /**
   * Plans a file.
   *
   * @param indexLength a power of two
   * @param spare whether to leave a quarter of the room free, before it has to grow
   */
  static Plan of(final Kept kept, final int stripes, final long indexLength, final boolean spare) {
    final Plan plan = new Plan(stripes);
    final Packer records = records();
    final Packer cells = cells(stripes);
    new Placing(kept, stripes, records, cells).place((family, at) -> {}, (series, at) -> {});
    plan.add(Layout.INDEX, indexLength, 0, 0);
    for (final long fill : records.fills()) {
      plan.add(Layout.RECORDS, withSpare(fill, spare, RECORDS_MOST), 0, fill);
    }
    for (final long fill : cells.fills()) {
      final long units = withSpare(fill, spare, cellsMost(stripes));
      final long lines = (units * Long.BYTES + 63) / 64;
      // An odd number of cache lines, as the engine has it.
      final long stride = (lines | 1) * 64;
      plan.add(Layout.CELLS, stride * stripes, stride, fill);
    }
    return plan;
  }

  static Packer records() {
    return new Packer(RECORDS_MOST);
  }

  static Packer cells(final int stripes) {
    return new Packer(cellsMost(stripes));
  }

  private static long cellsMost(final int stripes) {
    return Layout.MAX_SEGMENT / stripes / Long.BYTES - 128;
  }

  private static long withSpare(final long units, final boolean spare, final long most) {
    return Math.min(most, spare ? units + units / 3 : units);
  }

  private void add(final int kind, final long least, final long stride, final long used) {
    final long unit = Layout.SEGMENT_ALIGNMENT;
    final long length =
        kind == Layout.INDEX ? least : Math.max(1, (least + unit - 1) / unit) * unit;
    final Place place =
        new Place(kind, end, length, stride == 0 ? 0 : widest(length, stride), used);
    places.add(place);
    byKind.computeIfAbsent(kind, any -> new ArrayList<>()).add(place);
    end += length;
  }

  /** As many cells as the length has room for. */
  private long widest(final long length, final long least) {
    final long lines = length / stripes / 64;
    return Math.max(least, (lines % 2 == 0 ? lines - 1 : lines) * 64);
  }

  List<Place> places() {
    return places;
  }

  List<Place> ofKind(final int kind) {
    return byKind.get(kind);
  }

  /** The length of the file. */
  long end() {
    return end;
  }
}
