package io.narthex.backend.mapped;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a series' record as {@link SeriesRecordDescriptor} draws it. */
final class SeriesCodec {
  private SeriesCodec() {}

  /** The length of the record of a series with a label text of so many bytes. */
  static int length(final int textLength) {
    return RecordDescriptor.align(SeriesRecordDescriptor.TEXT_OFFSET + textLength);
  }

  /**
   * Encodes a new series.
   *
   * @param hash of its key
   * @param family the offset of its family
   * @param cells the offset of its cells, 0 if it has none
   * @param value the bits that its value begins with
   * @param baseline the baseline word that it begins with
   */
  static byte[] encode(
      final long hash,
      final long family,
      final long createdMillis,
      final long cells,
      final int cellCount,
      final byte[] text,
      final long value,
      final long baseline) {
    final byte[] bytes = new byte[length(text.length)];
    final ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(RecordDescriptor.LENGTH_OFFSET, bytes.length);
    record.putInt(RecordDescriptor.KIND_OFFSET, RecordDescriptor.KIND_SERIES);
    record.putLong(RecordDescriptor.HASH_OFFSET, hash);
    record.putLong(SeriesRecordDescriptor.FAMILY_OFFSET, family);
    record.putLong(SeriesRecordDescriptor.CREATED_OFFSET, createdMillis);
    record.putLong(SeriesRecordDescriptor.CELLS_OFFSET, cells);
    record.putInt(SeriesRecordDescriptor.CELL_COUNT_OFFSET, cellCount);
    record.putInt(SeriesRecordDescriptor.TEXT_LENGTH_OFFSET, text.length);
    record.putLong(SeriesRecordDescriptor.VALUE_OFFSET, value);
    record.putLong(SeriesRecordDescriptor.BASELINE_OFFSET, baseline);
    record.put(SeriesRecordDescriptor.TEXT_OFFSET, text);
    record.putLong(
        RecordDescriptor.CHECKSUM_OFFSET,
        Checksum.ofRecord(bytes, RecordDescriptor.KIND_SERIES, bytes.length));
    return bytes;
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
