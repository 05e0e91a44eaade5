package io.narthex.backend.mapped;

import io.narthex.backend.LabelSet;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The key of a counter's series with a hash of the race's choice, so that keys meet at one word. It
 * looks at every record that it is led to and notices one that is not whole.
 */
final class RaceKey implements RecordKey {
  private final Attached process;
  private final long hash;
  private final byte[] text;

  /** Whether a word led to a record that is not whole. */
  boolean sawTorn;

  RaceKey(final Attached process, final long hash, final LabelSet labels) {
    this.process = process;
    this.hash = hash;
    this.text = labels.text();
  }

  /** The key that the series really has. */
  static RaceKey real(final Attached process, final LabelSet labels) {
    return new RaceKey(
        process, Hashing.hash(process.store.seed(), process.counterFamily, labels.text()), labels);
  }

  @Override
  public long hash() {
    return hash;
  }

  @Override
  public boolean matches(final long offset) {
    final byte[] record = process.store.records().load(offset, RecordDescriptor.KIND_SERIES);
    if (record == null) {
      sawTorn = true;
      return false;
    }
    final int from = SeriesRecordDescriptor.TEXT_OFFSET;
    return record.length == SeriesCodec.length(text.length)
        && Arrays.equals(record, from, from + text.length, text, 0, text.length);
  }

  /** Finds the series of this key, or makes one without cells. */
  long insert() {
    return process.store.index().findOrInsert(this, this::newRecord);
  }

  /** The offset of the series of this key, or 0. */
  long find() {
    return process.store.index().find(this);
  }

  private long newRecord() {
    final long offset =
        process.store.arena().takeRecord(SeriesCodec.length(text.length), new Deadline());
    final byte[] record = new byte[SeriesCodec.length(text.length)];
    System.arraycopy(text, 0, record, SeriesRecordDescriptor.TEXT_OFFSET, text.length);
    SeriesCodec.encode(
        record, new CRC32C(), hash, process.counterFamily, 1, 0, 0, text.length, 0, 0);
    process.store.records().store(offset, record);
    return offset;
  }
}
