package io.narthex.tools.file;

import io.narthex.tools.text.Columns;
import java.io.PrintWriter;
import java.util.Locale;

/** Draws a structure of a file field by field: offset, bytes, meaning. */
final class Drawing {
  private static final int BYTES_A_LINE = 8;

  /** Of a text, say: what comes behind is told by its length. */
  private static final int MAX_LINES = 8;

  private final FileImage image;
  private final long begin;
  private final Columns columns = new Columns(">offset", ">+", "bytes", "field", "value");

  Drawing(final FileImage image, final long begin) {
    this.image = image;
    this.begin = begin;
  }

  /** A number of 8 bytes that is a quantity, an offset or a time. */
  Drawing number(final int at, final String field) {
    return number(at, field, "");
  }

  Drawing number(final int at, final String field, final String meaning) {
    final long value = image.getLong(begin + at);
    return field(at, Long.BYTES, field, value + (meaning.isEmpty() ? "" : ", " + meaning));
  }

  /** The same of 4 bytes. */
  Drawing small(final int at, final String field, final String meaning) {
    final long value = image.getUnsignedInt(begin + at);
    return field(at, Integer.BYTES, field, value + (meaning.isEmpty() ? "" : ", " + meaning));
  }

  Drawing bits(final int at, final String field, final String meaning) {
    return field(
        at,
        Long.BYTES,
        field,
        String.format(Locale.ROOT, "0x%016x", image.getLong(begin + at))
            + (meaning.isEmpty() ? "" : ", " + meaning));
  }

  Drawing field(final int at, final long length, final String field, final String value) {
    final int lines = (int) Math.min(MAX_LINES, (length + BYTES_A_LINE - 1) / BYTES_A_LINE);
    for (int line = 0; line < Math.max(1, lines); line++) {
      final long from = at + (long) line * BYTES_A_LINE;
      final int count = (int) Math.max(0, Math.min(BYTES_A_LINE, at + length - from));
      final boolean cut = line == MAX_LINES - 1 && (long) lines * BYTES_A_LINE < length;
      columns.add(
          begin + from,
          from,
          hex(image.copy(begin + from, count)) + (cut ? " …" : ""),
          line == 0 ? field : "",
          line == 0 ? value : "");
    }
    return this;
  }

  private static String hex(final byte... bytes) {
    final StringBuilder out = new StringBuilder();
    for (final byte b : bytes) {
      out.append(out.isEmpty() ? "" : " ").append(String.format(Locale.ROOT, "%02x", b & 0xff));
    }
    return out.toString();
  }

  void print(final PrintWriter out) {
    columns.print(out);
  }
}
