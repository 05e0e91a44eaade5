package io.narthex.stress.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What the documented format says of a file's segments and of how it grows: written from {@code
 * docs/file-format.md}, not from the engine.
 */
final class FileSizes {
  private static final int DIRECTORY = 4096 + 512 * 64;
  private static final int ROW = 64;
  private static final long RECORDS = 2;

  private FileSizes() {}

  /**
   * A row of the segment directory.
   *
   * @param kind 1 index, 2 records, 3 cells
   */
  record Row(long kind, long offset, long length, long used) {}

  static List<Row> rows(final Path file) {
    final ByteBuffer bytes = ByteBuffer.allocate(448 * ROW).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.read(bytes, DIRECTORY);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    final List<Row> rows = new ArrayList<>();
    for (int at = 0; bytes.getLong(at) != 0; at += ROW) {
      rows.add(
          new Row(
              bytes.getLong(at),
              bytes.getLong(at + 8),
              bytes.getLong(at + 16),
              bytes.getLong(at + 48)));
    }
    return rows;
  }

  /** The bytes of records that are taken. */
  static long recordBytes(final List<Row> rows) {
    return rows.stream().filter(row -> row.kind() == RECORDS).mapToLong(Row::used).sum();
  }

  /**
   * The size of a file whose records alone grow, from how it was, by so many bytes taken in pieces
   * of one size.
   */
  static long afterRecords(final List<Row> before, final long bytes, final int piece) {
    long size = before.stream().mapToLong(row -> row.offset() + row.length()).max().orElseThrow();
    final List<Row> records = before.stream().filter(row -> row.kind() == RECORDS).toList();
    long largest = records.stream().mapToLong(Row::length).max().orElseThrow();
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
}
