package io.narthex.stress.harness;

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
 * A row of a file's segment directory, read as {@code docs/file-format.md} says, not by the engine;
 * also while processes count into the file.
 *
 * @param kind {@link #INDEX}, {@link #RECORDS} or {@link #CELLS}
 * @param offset where the segment begins in the file, in bytes
 * @param length its bytes
 * @param stride the bytes of one stripe of a segment of cells
 * @param used bytes of records, or words of the index or of a stripe
 */
public record SegmentRow(long kind, long offset, long length, long stride, long used) {
  public static final long INDEX = 1;
  public static final long RECORDS = 2;
  public static final long CELLS = 3;

  private static final int DIRECTORY = 4_096 + 512 * 64;
  private static final int ROWS = 448;
  private static final int ROW = 64;

  /** All rows of a file. */
  public static List<SegmentRow> of(final Path file) {
    final ByteBuffer bytes = read(file);
    final List<SegmentRow> rows = new ArrayList<>();
    for (int at = 0; at < bytes.capacity() && bytes.getLong(at) != 0; at += ROW) {
      rows.add(
          new SegmentRow(
              bytes.getLong(at),
              bytes.getLong(at + 8),
              bytes.getLong(at + 16),
              bytes.getLong(at + 32),
              bytes.getLong(at + 48)));
    }
    return rows;
  }

  /** How many bytes, or words, there are to be used. */
  public long capacity() {
    if (kind == RECORDS) {
      return length;
    }
    return (kind == INDEX ? length : stride) / Long.BYTES;
  }

  private static ByteBuffer read(final Path file) {
    final ByteBuffer bytes = ByteBuffer.allocate(ROWS * ROW).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (bytes.hasRemaining() && channel.read(bytes, DIRECTORY + bytes.position()) > 0) {
        // until all rows are there
      }
      return bytes;
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
