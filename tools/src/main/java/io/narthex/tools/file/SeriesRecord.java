package io.narthex.tools.file;

import io.narthex.tools.reading.LabelText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A series' record whose checksum is right: what never changes of it.
 *
 * @param text the label text
 */
@SuppressWarnings("ArrayRecordComponent") // not compared, and nobody writes to it
record SeriesRecord(
    long offset,
    int length,
    long hash,
    FamilyRecord family,
    long createdMillis,
    long cellsAt,
    long cells,
    byte[] text) {

  /**
   * Decodes a record.
   *
   * @param family the one that it names
   * @return null if its lengths do not agree
   */
  static SeriesRecord decode(final long offset, final byte[] bytes, final FamilyRecord family) {
    final ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    final int textLength = record.getInt(52);
    if (textLength < 0
        || textLength > bytes.length - Layout.SERIES_TEXT
        || bytes.length != Layout.aligned(Layout.SERIES_TEXT + (long) textLength)) {
      return null;
    }
    return new SeriesRecord(
        offset,
        bytes.length,
        record.getLong(8),
        family,
        record.getLong(32),
        record.getLong(40),
        record.getInt(48) & 0xffff_ffffL,
        Arrays.copyOfRange(bytes, Layout.SERIES_TEXT, Layout.SERIES_TEXT + textLength));
  }

  long valueAt() {
    return offset + 56;
  }

  /** Of a series with parts: the first further block. */
  long fractionAt() {
    return offset + 64;
  }

  /** Of a series with parts: what is retired. */
  long baselineAt() {
    return offset + 72;
  }

  String labelText() {
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Whether it counts for label sets that found no room. */
  boolean isOverflow() {
    final Map<String, String> labels = LabelText.parse(labelText());
    return !labels.isEmpty()
        && family.descriptor().labelNames().stream()
            .allMatch(name -> "__overflow__".equals(labels.get(name)))
        && !family.descriptor().labelNames().isEmpty();
  }

  /** Name and labels as a sample has them. */
  String shown() {
    final String labels = labelText();
    return family.shownName() + (labels.isEmpty() ? "" : '{' + labels + '}');
  }

  @Override
  public String toString() {
    return "series " + Excerpts.of(shown());
  }
}
