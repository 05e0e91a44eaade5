package io.narthex.backend.mapped;

import java.util.zip.CRC32C;

/** CRC-32C over the immutable parts of a structure that was copied out of the file. */
final class Checksum {
  private Checksum() {}

  /** The checksum of [from, to) of the bytes. */
  static long of(final byte[] bytes, final int from, final int to) {
    final CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return crc.getValue();
  }

  /** The checksum of a whole record, without what may change in it. */
  static long ofRecord(final byte[] record, final int kind, final int length) {
    return ofRecord(new CRC32C(), record, kind, length);
  }

  /** The same, by a CRC that one record after the other uses. */
  static long ofRecord(final CRC32C crc, final byte[] record, final int kind, final int length) {
    crc.reset();
    crc.update(record, 0, RecordDescriptor.CHECKSUM_OFFSET);
    if (kind == RecordDescriptor.KIND_SERIES) {
      crc.update(
          record,
          SeriesRecordDescriptor.FAMILY_OFFSET,
          SeriesRecordDescriptor.VALUE_OFFSET - SeriesRecordDescriptor.FAMILY_OFFSET);
      crc.update(
          record, SeriesRecordDescriptor.TEXT_OFFSET, length - SeriesRecordDescriptor.TEXT_OFFSET);
    } else {
      crc.update(
          record,
          FamilyRecordDescriptor.IMMUTABLE_OFFSET,
          length - FamilyRecordDescriptor.IMMUTABLE_OFFSET);
    }
    return crc.getValue();
  }
}
