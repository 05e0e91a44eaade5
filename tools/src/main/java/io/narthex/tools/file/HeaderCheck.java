package io.narthex.tools.file;

import java.util.Arrays;

/** Checks the header, the process table and the segment directory. */
final class HeaderCheck {
  private static final String HEADER = "header";
  private static final long[] PLACES = {
    Layout.PROCESSES_AT,
    Layout.PROCESS_ROWS,
    Layout.DIRECTORY_AT,
    Layout.DIRECTORY_ROWS,
    Layout.FIRST_SEGMENT_AT
  };
  private static final String[] PLACE_NAMES = {
    "process table offset", "process rows", "directory offset", "directory rows", "first segment"
  };

  private final FileImage image;
  private final Header header;
  private final Findings findings;

  HeaderCheck(final FileImage image, final Header header, final Findings findings) {
    this.image = image;
    this.header = header;
    this.findings = findings;
  }

  void header() {
    if (!Arrays.equals(image.copy(0, Layout.MAGIC.length), Layout.MAGIC)) {
      findings.addBits(0, "magic", 0x0058_4548_5452_414eL, image.getLong(0), HEADER);
    }
    if (header.order() != Layout.ORDER_MARK) {
      findings.addBits(
          Layout.ORDER_AT,
          "byte order",
          Layout.ORDER_MARK,
          image.getUnsignedInt(Layout.ORDER_AT),
          HEADER);
    }
    if (header.version() != Layout.VERSION) {
      findings.add(Layout.VERSION_AT, "version", Layout.VERSION, header.version(), HEADER);
    }
    if (!header.hasPossibleStripes()) {
      findings.add(
          Layout.STRIPES_AT, "stripes", "a power of two up to 256", header.stripes(), HEADER);
    }
    if (!header.hasPossibleWindow()) {
      findings.add(
          Layout.WINDOW_AT,
          "window",
          Layout.MIN_WINDOW + " to " + Layout.MAX_WINDOW,
          header.window(),
          HEADER);
    }
    if (header.maxSize() < Layout.FIRST_SEGMENT_AT) {
      findings.add(
          Layout.MAX_SIZE_AT,
          "largest size",
          "at least " + Layout.FIRST_SEGMENT_AT,
          header.maxSize(),
          HEADER);
    }
    for (int i = 0; i < PLACES.length; i++) {
      final long at = Layout.PLACES_AT + (long) i * Long.BYTES;
      if (image.getLong(at) != PLACES[i]) {
        findings.add(at, PLACE_NAMES[i], PLACES[i], image.getLong(at), HEADER);
      }
    }
    if (!header.isTrusted()) {
      findings.addBits(
          Layout.HEADER_CHECKSUM_AT,
          "header checksum",
          header.computed(),
          header.checksum(),
          HEADER);
    }
    zeros(Layout.HEADER_RESERVED_AT, Layout.INCARNATIONS_AT, HEADER);
    zeros(Layout.HEADER_REST_AT, Layout.HEADER_LENGTH, HEADER);
    notNegative(Layout.INCARNATIONS_AT, "incarnations");
    notNegative(Layout.WASTED_AT, "bytes used up");
  }

  private void notNegative(final long at, final String check) {
    if (image.getLong(at) < 0) {
      findings.add(at, check, "at least 0", image.getLong(at), HEADER);
    }
  }

  /** Tells of the first byte only: there may be thousands. */
  private void zeros(final long from, final long to, final String where) {
    final long at = image.firstNonZero(from, to);
    if (at >= 0) {
      findings.addBits(at, "reserved bytes", 0, image.getLong(at), where);
    }
  }

  /** Checks the segment directory; there is one of each kind from the beginning. */
  void directory(final Directory directory) {
    long end = Layout.FIRST_SEGMENT_AT;
    for (int row = 0; row < directory.rows(); row++) {
      final Segment segment = Segment.read(image, row);
      segment(segment, end);
      if (segment.isUsable(image.size())) {
        end = Math.max(end, segment.end());
      }
    }
    for (int kind = Layout.INDEX; kind <= Layout.CELLS; kind++) {
      if (directory.ofKind(kind).isEmpty()) {
        findings.add(
            Layout.DIRECTORY_AT,
            "segments",
            "one of " + Layout.kindName(kind),
            "none",
            "directory");
      }
    }
    behind(directory.rows());
  }

  private void segment(final Segment segment, final long end) {
    final long at = segment.at();
    final String where = segment.toString();
    final long computed = image.checksum(at, at + 40);
    if (computed != segment.checksum()) {
      findings.addBits(at + 40, "segment checksum", computed, segment.checksum(), where);
    }
    if (segment.kind() < Layout.INDEX || segment.kind() > Layout.CELLS) {
      findings.add(at, "segment kind", "1, 2 or 3", segment.kind(), where);
    } else if (!segment.isPlaced()) {
      findings.add(
          at + 8,
          "segment place",
          "a multiple of 65536, and a length of 8 to " + Layout.MAX_SEGMENT + " bytes",
          segment.offset() + ", " + segment.length() + " bytes",
          where);
    } else if (segment.offset() < end) {
      findings.add(at + 8, "segment place", "at least " + end, segment.offset(), where);
    } else if (segment.end() > image.size()) {
      findings.add(
          at + 8, "file size", "at least " + segment.end(), image.size() + ", truncated", where);
    } else if (!segment.isShaped()) {
      findings.add(
          at + 16,
          "segment shape",
          "a length, stripes and a stride of its kind",
          segment.length() + " bytes, " + segment.stripes() + " stripes of " + segment.stride(),
          where);
    } else if (segment.kind() == Layout.CELLS && segment.stripes() != header.stripes()) {
      findings.add(at + 24, "segment stripes", header.stripes(), segment.stripes(), where);
    }
    final long used = image.getLong(segment.usedAt());
    if (segment.isShaped() && (used < 0 || used > segment.capacity())) {
      findings.add(segment.usedAt(), "units taken", "0 to " + segment.capacity(), used, where);
    } else if (segment.kind() == Layout.RECORDS && (used & 7) != 0) {
      findings.add(segment.usedAt(), "units taken", "a multiple of 8", used, where);
    }
    if (image.getLong(at + 56) != 0) {
      findings.addBits(at + 56, "reserved bytes", 0, image.getLong(at + 56), where);
    }
  }

  /**
   * Checks the rows behind the last one. The first of them may have been begun by who was killed at
   * it, and nobody took anything in it; a row behind that one has to be empty.
   */
  private void behind(final int rows) {
    if (rows == Layout.DIRECTORY_ROWS) {
      return;
    }
    final Segment next = Segment.read(image, rows);
    // Again: it may have been published since.
    if (next.used() != 0 && image.getLong(next.at()) == 0) {
      findings.add(
          next.at(), "segment kind", "1, 2 or 3, as units are taken in it", 0, "segment " + rows);
    }
    final long from = Segment.rowAt(rows + 1);
    final long end = Segment.rowAt(Layout.DIRECTORY_ROWS);
    final long at = rows + 1 == Layout.DIRECTORY_ROWS ? -1 : image.firstNonZero(from, end);
    if (at >= 0 && image.getLong(next.at()) == 0) {
      findings.add(
          next.at(),
          "segment kind",
          "1, 2 or 3, as there are rows behind it",
          0,
          "segment " + rows);
    }
  }
}
