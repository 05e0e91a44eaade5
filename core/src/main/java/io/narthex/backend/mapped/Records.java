package io.narthex.backend.mapped;

import java.util.Arrays;

/** Reads records, after checks: an offset that comes from a file is never trusted. */
final class Records {
  private final Segments segments;

  Records(final Segments segments) {
    this.segments = segments;
  }

  /**
   * The mapped segment that has a range of a record.
   *
   * @return null if no segment has it
   */
  Mapping mapping(final long offset, final long size) {
    final Segment segment = segments.findOrMap(SegmentDescriptor.KIND_RECORDS, offset, size);
    return segment == null ? null : segment.mapping;
  }

  /**
   * Copies a whole record out.
   *
   * @return null if there is no record of that kind at that offset, or if it is damaged
   */
  byte[] load(final long offset, final int kind) {
    final Mapping prefix = mapping(offset, RecordDescriptor.PREFIX_LENGTH);
    if (prefix == null || intAt(prefix, offset + RecordDescriptor.KIND_OFFSET) != kind) {
      return null;
    }
    final int length = intAt(prefix, offset + RecordDescriptor.LENGTH_OFFSET);
    final int least =
        kind == RecordDescriptor.KIND_SERIES
            ? SeriesRecordDescriptor.TEXT_OFFSET
            : FamilyRecordDescriptor.BODY_OFFSET;
    if (length < least || length > RecordDescriptor.MAX_LENGTH || !prefix.holds(offset, length)) {
      return null;
    }
    final byte[] bytes = new byte[length];
    Memory.ACCESS.getBytes(prefix.buffer, prefix.position(offset), bytes, 0, length);
    final long checksum = longAt(prefix, offset + RecordDescriptor.CHECKSUM_OFFSET);
    return Checksum.ofRecord(bytes, kind, length) == checksum ? bytes : null;
  }

  /** The length of the record at an offset, 0 if no segment has it. */
  int length(final long offset) {
    final Mapping mapping = mapping(offset, RecordDescriptor.PREFIX_LENGTH);
    return mapping == null ? 0 : intAt(mapping, offset + RecordDescriptor.LENGTH_OFFSET);
  }

  /** The kind of the record at an offset, 0 if no segment has it. */
  int kind(final long offset) {
    final Mapping mapping = mapping(offset, RecordDescriptor.PREFIX_LENGTH);
    return mapping == null ? 0 : intAt(mapping, offset + RecordDescriptor.KIND_OFFSET);
  }

  /** Whether a family is not taken out; one whose record cannot be reached is. */
  boolean isActive(final long family) {
    return state(family) == FamilyRecordDescriptor.ACTIVE;
  }

  /** The state of a family now; one whose record cannot be reached counts as retired. */
  long state(final long family) {
    final Mapping mapping = mapping(family, FamilyRecordDescriptor.BODY_OFFSET);
    return mapping == null
        ? FamilyRecordDescriptor.RETIRED
        : Memory.ACCESS.getLongVolatile(
            mapping.buffer, mapping.position(family + FamilyRecordDescriptor.STATE_OFFSET));
  }

  /** Writes a record that nobody sees yet; the offset is one that this process took. */
  void store(final long offset, final byte[] record) {
    final Mapping mapping = mapping(offset, record.length);
    Memory.ACCESS.putBytes(mapping.buffer, mapping.position(offset), record, 0, record.length);
  }

  /** The key of a series. */
  RecordKey seriesKey(final long seed, final long family, final byte[] text) {
    final long hash = Hashing.hash(seed, family, text);
    return new RecordKey() {
      @Override
      public long hash() {
        return hash;
      }

      @Override
      public boolean matches(final long offset) {
        final Mapping mapping =
            mapping(offset, SeriesRecordDescriptor.TEXT_OFFSET + (long) text.length);
        return mapping != null
            && intAt(mapping, offset + RecordDescriptor.KIND_OFFSET) == RecordDescriptor.KIND_SERIES
            && longAt(mapping, offset + RecordDescriptor.HASH_OFFSET) == hash
            && longAt(mapping, offset + SeriesRecordDescriptor.FAMILY_OFFSET) == family
            && intAt(mapping, offset + SeriesRecordDescriptor.TEXT_LENGTH_OFFSET) == text.length
            && textEquals(mapping, offset, text)
            && load(offset, RecordDescriptor.KIND_SERIES) != null;
      }
    };
  }

  private static boolean textEquals(final Mapping mapping, final long offset, final byte[] text) {
    final byte[] stored = new byte[text.length];
    Memory.ACCESS.getBytes(
        mapping.buffer,
        mapping.position(offset + SeriesRecordDescriptor.TEXT_OFFSET),
        stored,
        0,
        stored.length);
    return Arrays.equals(stored, text);
  }

  static int intAt(final Mapping mapping, final long offset) {
    return Memory.ACCESS.getInt(mapping.buffer, mapping.position(offset));
  }

  static long longAt(final Mapping mapping, final long offset) {
    return Memory.ACCESS.getLong(mapping.buffer, mapping.position(offset));
  }
}
