package io.narthex.tools.file;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads records by their offsets, which it does not trust, and says what is wrong with one. */
final class RecordReader {
  /** Bytes of a damaged record's label text. */
  private static final int LABELS_SHOWN = 200;

  private final FileImage image;
  private final Directory directory;
  private final Findings findings;

  /** Null where one is damaged. */
  private final Map<Long, FamilyRecord> families = new HashMap<>();

  RecordReader(final FileImage image, final Directory directory, final Findings findings) {
    this.image = image;
    this.directory = directory;
    this.findings = findings;
  }

  /** One that reads the same and says nothing. */
  RecordReader quiet() {
    return new RecordReader(image, directory, Findings.NONE);
  }

  /** The kind of the record at an offset, 0 if there can be none. */
  int kind(final long offset) {
    return directory.find(Layout.RECORDS, offset, Layout.PREFIX) == null || (offset & 7) != 0
        ? 0
        : image.getInt(offset + 4);
  }

  /** A family; null if it is damaged, which is told once. */
  FamilyRecord family(final long offset) {
    if (families.containsKey(offset)) {
      return families.get(offset);
    }
    final FamilyRecord family = loadFamily(offset);
    families.put(offset, family);
    return family;
  }

  private FamilyRecord loadFamily(final long offset) {
    final String where = "a family";
    final byte[] bytes = load(offset, Layout.FAMILY, where);
    if (bytes == null) {
      return null;
    }
    final FamilyRecord family = FamilyRecord.decode(offset, bytes);
    if (family == null) {
      findings.add(offset, "family content", "strings, type and mode", "none of sense", where);
    }
    return family;
  }

  /** A series; null if it is damaged or its family is. */
  SeriesRecord series(final long offset) {
    final String where = "a series";
    final byte[] bytes = load(offset, Layout.SERIES, where);
    if (bytes == null) {
      return null;
    }
    final long familyAt = image.getLong(offset + 24);
    if (kind(familyAt) != Layout.FAMILY) {
      findings.add(offset + 24, "family of series", "the offset of a family", familyAt, where);
      return null;
    }
    final FamilyRecord family = family(familyAt);
    if (family == null) {
      return null; // told of the family
    }
    final SeriesRecord series = SeriesRecord.decode(offset, bytes, family);
    if (series == null) {
      findings.add(
          offset + 52,
          "label length",
          "to end within 8 bytes of the record's end, " + bytes.length,
          image.getUnsignedInt(offset + 52),
          "a series of " + family);
    }
    return series;
  }

  /** Copies a record out; null if there is none of that kind, or it is damaged. */
  private byte[] load(final long offset, final int kind, final String where) {
    final Segment home = directory.find(Layout.RECORDS, offset, Layout.PREFIX);
    if (home == null || (offset & 7) != 0) {
      findings.add(offset, "record offset", "in a segment of records", offset, where);
      return null;
    }
    final int found = image.getInt(offset + 4);
    if (found != kind) {
      findings.add(offset + 4, "record kind", kind, found, where);
      return null;
    }
    final long length = image.getUnsignedInt(offset);
    final int least = kind == Layout.FAMILY ? Layout.FAMILY_BODY : Layout.SERIES_TEXT;
    if (length < least || length > Layout.MAX_RECORD || (length & 7) != 0) {
      findings.add(
          offset,
          "record length",
          "a multiple of 8 from " + least + " to " + Layout.MAX_RECORD,
          length,
          where);
      return null;
    }
    if (!home.holds(offset, length)) {
      findings.add(offset, "record length", "at most " + (home.end() - offset), length, where);
      return null;
    }
    final byte[] bytes = image.copy(offset, (int) length);
    final long computed = Checksums.of(bytes, kind);
    final long stored = image.getLong(offset + 16);
    if (computed != stored) {
      findings.addBits(offset + 16, "record checksum", computed, stored, nameOf(offset, kind));
      return null;
    }
    return bytes;
  }

  /** What a damaged record says of itself, to find it by. */
  private String nameOf(final long offset, final int kind) {
    if (kind == Layout.FAMILY) {
      return "a family";
    }
    final long familyAt = image.getLong(offset + 24);
    final FamilyRecord family = kind(familyAt) == Layout.FAMILY ? quiet().family(familyAt) : null;
    final int length = (int) Math.min(image.getUnsignedInt(offset + 52), LABELS_SHOWN);
    final boolean legible = directory.find(Layout.RECORDS, offset, 96L + length) != null;
    return "a series of "
        + (family == null ? "an unknown family" : family.toString())
        + (legible
            ? ", perhaps {"
                + Excerpts.of(new String(image.copy(offset + 96, length), StandardCharsets.UTF_8))
                + '}'
            : "");
  }
}
