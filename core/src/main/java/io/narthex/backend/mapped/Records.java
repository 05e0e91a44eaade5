package io.narthex.backend.mapped;

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
    store(offset, record, record.length);
  }

  /** The same of one that begins an array. */
  void store(final long offset, final byte[] record, final int length) {
    final Mapping mapping = mapping(offset, length);
    Memory.ACCESS.putBytes(mapping.buffer, mapping.position(offset), record, 0, length);
  }

  static int intAt(final Mapping mapping, final long offset) {
    return Memory.ACCESS.getInt(mapping.buffer, mapping.position(offset));
  }

  static long longAt(final Mapping mapping, final long offset) {
    return Memory.ACCESS.getLong(mapping.buffer, mapping.position(offset));
  }
}
