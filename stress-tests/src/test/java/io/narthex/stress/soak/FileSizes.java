package io.narthex.stress.soak;

import io.narthex.stress.harness.SegmentRow;
import java.util.List;

/** What {@code docs/file-format.md} says of how a file grows. */
final class FileSizes {
  private static final long LONGEST_STEP = 128L << 20;

  private FileSizes() {}

  /** The bytes of records that are taken. */
  static long recordBytes(final List<SegmentRow> rows) {
    return records(rows).stream().mapToLong(SegmentRow::used).sum();
  }

  /** The bytes that the newest segment of records has. */
  static long capacityOfNewest(final List<SegmentRow> rows) {
    final List<SegmentRow> records = records(rows);
    return records.get(records.size() - 1).length();
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
        newest = Math.min(2 * largest, LONGEST_STEP);
        largest = Math.max(largest, newest);
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
