package io.narthex.stress.room;

import io.narthex.stress.harness.SegmentRow;
import java.nio.file.Path;
import java.util.List;

/** How many segments of one kind a file has, and how far the newest of them is used. */
record Filling(int segments, double used) {
  static Filling of(final Path file, final Kind kind) {
    final List<SegmentRow> rows =
        SegmentRow.of(file).stream().filter(row -> row.kind() == kind.number).toList();
    if (rows.isEmpty()) {
      return new Filling(0, 0);
    }
    final SegmentRow newest = rows.get(rows.size() - 1);
    return new Filling(rows.size(), (double) newest.used() / newest.capacity());
  }

  /** The kinds of segments. */
  enum Kind {
    INDEX(SegmentRow.INDEX),
    RECORDS(SegmentRow.RECORDS),
    CELLS(SegmentRow.CELLS);

    private final long number;

    Kind(final long number) {
      this.number = number;
    }
  }
}
