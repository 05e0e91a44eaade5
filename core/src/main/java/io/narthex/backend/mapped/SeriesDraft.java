package io.narthex.backend.mapped;

import io.narthex.backend.LabelSet;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;

/**
 * A series that is looked for, and made where it turns out that there is none of its labels: its
 * key, and its record as {@link SeriesRecordDescriptor} draws it, in an array that one series after
 * the other uses. For one thread at a time.
 */
final class SeriesDraft implements RecordKey, LongSupplier {
  private static final int FIRST_LENGTH = 256;

  /** With longer arrays it is not kept for the next series. */
  private static final int KEPT_LENGTH = 8 << 10;

  private static final int TEXT_AT = SeriesRecordDescriptor.TEXT_OFFSET;

  private final MappedStore store;
  private final FamilyEntry family;
  private final SeriesCap cap;
  private final int cellCount;
  private final CRC32C crc = new CRC32C();

  private byte[] bytes = new byte[0];

  /** The text of a record that may be the key's. */
  private byte[] other = bytes;

  private long hash;
  private int textLength;
  private boolean overflow;
  private Deadline deadline;
  private boolean counted;
  private long cells;
  private long offset;

  SeriesDraft(final MappedStore store, final FamilyEntry family, final SeriesCap cap) {
    this.store = store;
    this.family = family;
    this.cap = cap;
    this.cellCount = family.cellCount();
  }

  /**
   * Begins with another series.
   *
   * @param overflow whether it is to count for others
   * @param deadline until when its creation may wait for room; null where it is only looked for
   */
  void begin(final LabelSet labels, final boolean overflow, final Deadline deadline) {
    this.overflow = overflow;
    this.deadline = deadline;
    counted = false;
    cells = 0;
    offset = 0;
    textLength = labels.textLength();
    final int length = SeriesCodec.length(textLength);
    if (length > bytes.length) {
      bytes = new byte[Math.max(FIRST_LENGTH, length)];
    }
    labels.copyText(bytes, TEXT_AT);
    hash = Hashing.hash(store.seed(), family.offset, bytes, TEXT_AT, TEXT_AT + textLength);
  }

  /** Whether it is small enough to be kept for other series. */
  boolean isSmall() {
    return bytes.length <= KEPT_LENGTH && other.length <= KEPT_LENGTH;
  }

  /** Of the new record, which nobody else has seen yet; 0 where none was made. */
  long offset() {
    return offset;
  }

  @Override
  public long hash() {
    return hash;
  }

  @Override
  public boolean matches(final long at) {
    final Mapping mapping = store.records().mapping(at, TEXT_AT + (long) textLength);
    return mapping != null
        && Records.intAt(mapping, at + RecordDescriptor.KIND_OFFSET) == RecordDescriptor.KIND_SERIES
        && Records.longAt(mapping, at + RecordDescriptor.HASH_OFFSET) == hash
        && Records.longAt(mapping, at + SeriesRecordDescriptor.FAMILY_OFFSET) == family.offset
        && Records.intAt(mapping, at + SeriesRecordDescriptor.TEXT_LENGTH_OFFSET) == textLength
        && hasText(mapping, at)
        && store.records().load(at, RecordDescriptor.KIND_SERIES) != null;
  }

  private boolean hasText(final Mapping mapping, final long at) {
    if (other.length < textLength) {
      other = new byte[Math.max(FIRST_LENGTH, textLength)];
    }
    Memory.ACCESS.getBytes(mapping.buffer, mapping.position(at + TEXT_AT), other, 0, textLength);
    return Arrays.equals(other, 0, textLength, bytes, TEXT_AT, TEXT_AT + textLength);
  }

  /** Makes the finished record at the first call; its offset, or 0 if there is no room for it. */
  @Override
  public long getAsLong() {
    if (offset == 0 && takeRoom()) {
      final int length = encode();
      store.records().store(offset, bytes, length);
    }
    return offset;
  }

  private boolean takeRoom() {
    final int length = SeriesCodec.length(textLength);
    if (length > RecordDescriptor.MAX_LENGTH) {
      return false;
    }
    counted = !overflow && cap.take();
    if (!counted && !overflow) {
      return false;
    }
    if (cellCount > 0) {
      cells = store.arena().takeCells(cellCount, deadline);
    }
    if (cells != 0 || cellCount == 0) {
      offset = store.arena().takeRecord(length, deadline);
    }
    if (offset == 0) {
      giveBack();
    }
    return offset != 0;
  }

  /** Gives back what was taken for a series that was not created. */
  void giveBack() {
    if (counted) {
      cap.giveBack();
      counted = false;
    }
    if (cells != 0) {
      store.arena().keepCells(cells, cellCount);
      cells = 0;
    }
    if (offset != 0) {
      store.arena().keepRecord(offset, SeriesCodec.length(textLength));
    }
  }

  private int encode() {
    final boolean unset = family.startsUnset() || (cellCount == 0 && overflow);
    final boolean hidden = overflow && family.partsMode() == null;
    return SeriesCodec.encode(
        bytes,
        crc,
        hash,
        family.offset,
        System.currentTimeMillis(),
        cells,
        cellCount,
        textLength,
        unset ? SeriesRecordDescriptor.UNSET : 0,
        hidden ? SeriesRecordDescriptor.HIDDEN : 0);
  }
}
