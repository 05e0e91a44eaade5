package io.narthex.backend.mapped;

/**
 * How many series a family has in its file, and how many this backend lets it have. The number is
 * one for all processes; each has a cap of its own choice. The overflow series does not count, and
 * a removed one does, as its record stays.
 *
 * <p>A place is taken before a series is published, so there are never more series than places. A
 * process that is killed in between leaves one place taken for ever.
 */
final class SeriesCap {
  /** No cap. */
  static final long NONE = Long.MAX_VALUE;

  private final Records records;
  private final long family;
  private final long most;

  /** Racy: a record stays where it is, and to find it again does no harm. */
  private Mapping mapping;

  SeriesCap(final Records records, final FamilyEntry family, final long most) {
    this.records = records;
    this.family = family.offset;
    this.most = most;
  }

  /** Takes the place of a new series; false if there is none left. */
  boolean take() {
    final Mapping mapping = mapping();
    final long position = position(mapping);
    long count;
    do {
      count = Memory.ACCESS.getLongVolatile(mapping.buffer, position);
      if (count >= most) {
        return false;
      }
    } while (!Memory.ACCESS.compareAndSetLong(mapping.buffer, position, count, count + 1));
    return true;
  }

  /** Gives a place back, of a series that was not created after all. */
  void giveBack() {
    final Mapping mapping = mapping();
    Memory.ACCESS.getAndAddLong(mapping.buffer, position(mapping), -1);
  }

  boolean isReached() {
    final Mapping mapping = mapping();
    return Memory.ACCESS.getLongVolatile(mapping.buffer, position(mapping)) >= most;
  }

  @Override
  public String toString() {
    return "maxSeriesPerMetric(" + most + ")";
  }

  private Mapping mapping() {
    final Mapping known = mapping;
    if (known != null) {
      return known;
    }
    final Mapping found = records.mapping(family, FamilyRecordDescriptor.BODY_OFFSET);
    mapping = found;
    return found;
  }

  private long position(final Mapping mapping) {
    return mapping.position(family + FamilyRecordDescriptor.SERIES_COUNT_OFFSET);
  }
}
