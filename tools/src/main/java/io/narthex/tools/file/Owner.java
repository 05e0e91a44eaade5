package io.narthex.tools.file;

/**
 * What of a file an offset belongs to.
 *
 * @param offset where that begins
 * @param series whose it is; null if it is a record
 */
record Owner(Kind kind, long offset, SeriesRecord series) {
  /** What there is. */
  enum Kind {
    RECORD("record"),
    BASELINE("baseline"),
    BLOCK("block of parts"),
    RETIRED("what is retired"),
    CELLS("cell"),
    FRACTION("fraction"),
    PARTS("part");

    private final String text;

    Kind(final String text) {
      this.text = text;
    }
  }

  String what() {
    return kind.text;
  }

  /** Who has a byte of a segment of records; null if nothing in the index leads to it. */
  static Owner ofByte(
      final FileImage image,
      final Directory directory,
      final RecordReader records,
      final IndexWords words,
      final long offset) {
    final Owner[] found = new Owner[1];
    words.forEach(
        (k, segment, number, word) -> {
          final long at = IndexWords.offset(word);
          final int kind = found[0] == null ? records.kind(at) : 0;
          if (kind == 0) {
            return;
          }
          final long length = Math.max(Layout.PREFIX, image.getUnsignedInt(at));
          if (isWithin(offset, at, Math.min(length, Layout.MAX_RECORD))) {
            found[0] = new Owner(Kind.RECORD, at, null);
          } else if (kind == Layout.SERIES) {
            found[0] = note(image, directory, records.series(at), offset);
          }
        });
    return found[0];
  }

  private static Owner note(
      final FileImage image,
      final Directory directory,
      final SeriesRecord series,
      final long offset) {
    if (series == null || series.family().cells() == 0) {
      return null;
    }
    final long word = image.getLong(series.baselineAt());
    if (!series.family().hasParts()) {
      final long at = word & ~Layout.HIDDEN;
      return at != 0 && isWithin(offset, at, Layout.BASELINE + 8L * series.family().sums())
          ? inRecords(directory, Kind.BASELINE, at, Layout.BASELINE, series)
          : null;
    }
    final long retired = word & Layout.OFFSET_MASK;
    if (retired != 0 && isWithin(offset, retired, Layout.RETIRED_BLOCK)) {
      return inRecords(directory, Kind.RETIRED, retired, Layout.RETIRED_BLOCK, series);
    }
    int left = Layout.PROCESS_ROWS;
    for (long node = image.getLong(series.fractionAt());
        left > 0 && isBlock(directory, node);
        node = image.getLong(node)) {
      if (isWithin(offset, node, Layout.PART_BLOCK)) {
        return new Owner(Kind.BLOCK, node, series);
      }
      left--;
    }
    return null;
  }

  private static boolean isBlock(final Directory directory, final long node) {
    return node != 0
        && (node & 7) == 0
        && directory.find(Layout.RECORDS, node, Layout.PART_BLOCK) != null;
  }

  private static Owner inRecords(
      final Directory directory,
      final Kind kind,
      final long at,
      final int length,
      final SeriesRecord series) {
    return directory.find(Layout.RECORDS, at, length) == null ? null : new Owner(kind, at, series);
  }

  /** Who has a cell in stripe 0; null if nothing in the index leads to it. */
  static Owner ofCell(
      final FileImage image,
      final Directory directory,
      final RecordReader records,
      final IndexWords words,
      final long cell) {
    final Owner[] found = new Owner[1];
    words.forEach(
        (k, segment, number, word) -> {
          final long at = IndexWords.offset(word);
          if (found[0] != null || records.kind(at) != Layout.SERIES) {
            return;
          }
          final SeriesRecord series = records.series(at);
          if (series != null) {
            found[0] = cell(image, directory, series, cell);
          }
        });
    return found[0];
  }

  private static Owner cell(
      final FileImage image,
      final Directory directory,
      final SeriesRecord series,
      final long cell) {
    final int cells = series.family().cells();
    if (cells == 0) {
      return null;
    }
    final boolean parts = series.family().hasParts();
    if (isWithin(cell, series.cellsAt(), 8L * cells)) {
      return new Owner(parts ? Kind.PARTS : Kind.CELLS, series.cellsAt(), series);
    }
    long next = image.getLong(series.fractionAt());
    if (!parts) {
      return next != 0 && cell == next ? new Owner(Kind.FRACTION, next, series) : null;
    }
    for (int left = Layout.PROCESS_ROWS; left > 0 && isBlock(directory, next); left--) {
      final long at = image.getLong(next + 8);
      if (isWithin(cell, at, 16)) {
        return new Owner(Kind.PARTS, at, series);
      }
      next = image.getLong(next);
    }
    return null;
  }

  private static boolean isWithin(final long offset, final long from, final long length) {
    return offset >= from && offset - from < length;
  }
}
