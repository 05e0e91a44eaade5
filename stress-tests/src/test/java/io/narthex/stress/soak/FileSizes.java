package io.narthex.stress.soak;

import io.narthex.stress.harness.SegmentRow;
import java.util.List;

/** What {@code docs/file-format.md} says of how a file grows. */
final class FileSizes {
  private FileSizes() {}

  /** The bytes of records that are taken. */
  static long recordBytes(final List<SegmentRow> rows) {
    return records(rows).stream().mapToLong(SegmentRow::used).sum();
  }

  /**
   * The size of a file whose records alone grow, from how it was, by so many bytes taken in pieces
   * of one size.
   */
  static long afterRecords(final List<SegmentRow> before, final long bytes, final int piece) {
    long size = before.stream().mapToLong(row -> row.offset() + row.length()).max().orElseThrow();
    final List<SegmentRow> records = records(before);
    long largest = records.stream().mapToLong(SegmentRow::length).max().orElseThrow();
    long newest = records.get(records.size() - 1).length();
    long used = records.get(records.size() - 1).used();
    for (long left = bytes; left > 0; left -= piece) {
      used += piece;
      if (used > newest - newest / 8 * 2) {
        newest = 2 * largest;
        largest = newest;
        size += newest;
        used = 0;
      }
    }
    return size;
  }

  private static List<SegmentRow> records(final List<SegmentRow> rows) {
    return rows.stream().filter(row -> row.kind() == SegmentRow.RECORDS).toList();
  }
}
