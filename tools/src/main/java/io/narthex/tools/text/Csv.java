package io.narthex.tools.text;

/**
 * Comma-separated values, quoted as RFC 4180 has it: a field with a comma, a quote or the end of a
 * line stands in quotes, and its own quotes are doubled. Unlike there, a line ends with a line feed
 * alone, as all else does that a command writes: {@code awk} would find the carriage return in the
 * last field.
 */
public final class Csv {
  private Csv() {}

  /**
   * Writes a line.
   *
   * @param fields its fields
   * @return such as {@code up,"a=""1""",3} with the line feed
   */
  public static String line(final String... fields) {
    final StringBuilder line = new StringBuilder(128);
    for (int i = 0; i < fields.length; i++) {
      if (i > 0) {
        line.append(',');
      }
      append(fields[i], line);
    }
    return line.append('\n').toString();
  }

  private static void append(final String field, final StringBuilder line) {
    if (field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
      line.append(field);
    } else {
      line.append('"').append(field.replace("\"", "\"\"")).append('"');
    }
  }
}
