package io.narthex.backend.mapped;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes and reads a series' record as {@link SeriesRecordDescriptor} draws it. */
final class SeriesCodec {
  private SeriesCodec() {}

  /** The length of the record of a series with a label text of so many bytes. */
  static int length(final int textLength) {
    return RecordDescriptor.align(SeriesRecordDescriptor.TEXT_OFFSET + textLength);
  }

  /**
   * Encodes a new series around its label text, which stands in its place already.
   *
   * @param bytes which the record begins
   * @param crc to use
   * @param hash of its key
   * @param family the offset of its family
   * @param cells the offset of its cells, 0 if it has none
   * @param textLength of its label text
   * @param value the bits that its value begins with
   * @param baseline the baseline word that it begins with
   * @return the length of the record
   */
  static int encode(
      final byte[] bytes,
      final CRC32C crc,
      final long hash,
      final long family,
      final long createdMillis,
      final long cells,
      final int cellCount,
      final int textLength,
      final long value,
      final long baseline) {
    final int length = length(textLength);
    final ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(RecordDescriptor.LENGTH_OFFSET, length);
    record.putInt(RecordDescriptor.KIND_OFFSET, RecordDescriptor.KIND_SERIES);
    record.putLong(RecordDescriptor.HASH_OFFSET, hash);
    record.putLong(SeriesRecordDescriptor.FAMILY_OFFSET, family);
    record.putLong(SeriesRecordDescriptor.CREATED_OFFSET, createdMillis);
    record.putLong(SeriesRecordDescriptor.CELLS_OFFSET, cells);
    record.putInt(SeriesRecordDescriptor.CELL_COUNT_OFFSET, cellCount);
    record.putInt(SeriesRecordDescriptor.TEXT_LENGTH_OFFSET, textLength);
    record.putLong(SeriesRecordDescriptor.VALUE_OFFSET, value);
    record.putLong(SeriesRecordDescriptor.FRACTION_OFFSET, 0);
    record.putLong(SeriesRecordDescriptor.BASELINE_OFFSET, baseline);
    record.putLong(SeriesRecordDescriptor.LAST_CHANGE_OFFSET, 0);
    record.putLong(SeriesRecordDescriptor.EXTENSION_OFFSET, 0);
    Arrays.fill(bytes, SeriesRecordDescriptor.TEXT_OFFSET + textLength, length, (byte) 0);
    record.putLong(
        RecordDescriptor.CHECKSUM_OFFSET,
        Checksum.ofRecord(crc, bytes, RecordDescriptor.KIND_SERIES, length));
    return length;
  }

  /** Whether the lengths in a record that was copied out agree with each other. */
  static boolean isWhole(final byte[] bytes) {
    final int textLength = intAt(bytes, SeriesRecordDescriptor.TEXT_LENGTH_OFFSET);
    return textLength >= 0 && textLength <= bytes.length - SeriesRecordDescriptor.TEXT_OFFSET;
  }

  /** The hash of the key in a record that was copied out. */
  static long hash(final byte[] bytes) {
    return ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong(RecordDescriptor.HASH_OFFSET);
  }

  /** How many cells a record that was copied out has. */
  static int cellCount(final byte[] bytes) {
    return intAt(bytes, SeriesRecordDescriptor.CELL_COUNT_OFFSET);
  }

  private static int intAt(final byte[] bytes, final int offset) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
  }
}
