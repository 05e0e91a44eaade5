package io.narthex.tools.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Gives every record, note and cell of what is kept a place, in one order at each time. */
final class Placing {
  /**
   * A place.
   *
   * @param segment the number of the segment among those of its kind
   * @param at in units of the segment
   */
  record Spot(int segment, long at) {}

  /**
   * Where what belongs to a series comes to lie.
   *
   * @param family where its family is
   * @param notes its further blocks of parts, or what is retired
   * @param blocks of cells, the first one its own
   */
  record SeriesPlace(Spot family, Spot record, List<Spot> notes, List<Spot> blocks) {}

  private final Kept kept;
  private final int stripes;
  private final Packer records;
  private final Packer cells;

  Placing(final Kept kept, final int stripes, final Packer records, final Packer cells) {
    this.kept = kept;
    this.stripes = stripes;
    this.records = records;
    this.cells = cells;
  }

  void place(
      final BiConsumer<Kept.Family, Spot> families,
      final BiConsumer<Kept.Series, SeriesPlace> series) {
    final int rows = kept.rows().size();
    for (final Kept.Family family : kept.families()) {
      final Spot home = records.take(family.family().length());
      families.accept(family, home);
      for (final Kept.Series one : family.series()) {
        series.accept(one, place(family.family(), home, one, rows));
      }
    }
  }

  private SeriesPlace place(
      final FamilyRecord family, final Spot home, final Kept.Series one, final int rows) {
    final Spot record = records.take(Layout.aligned(Layout.SERIES_TEXT + (long) one.text().length));
    final boolean byRow = !one.parts().isEmpty();
    final List<Spot> blocks = new ArrayList<>();
    final int blockCount = family.cells() == 0 ? 0 : byRow ? (rows + stripes - 1) / stripes : 1;
    for (int i = 0; i < blockCount; i++) {
      blocks.add(cells.take(family.cells()));
    }
    final List<Spot> notes = new ArrayList<>();
    if (one.retired() != Layout.UNSET) {
      notes.add(records.take(Layout.RETIRED_BLOCK));
    } else {
      for (int i = 1; i < blockCount; i++) {
        notes.add(records.take(Layout.PART_BLOCK));
      }
    }
    return new SeriesPlace(home, record, notes, blocks);
  }
}
