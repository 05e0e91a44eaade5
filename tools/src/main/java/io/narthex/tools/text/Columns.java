package io.narthex.tools.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of text whose columns are as wide as they have to be; for one thread. */
public final class Columns {
  private static final String INDENT = "  ";
  private static final String GAP = "  ";

  /** What is wider stands out, and does not make all other rows as wide. */
  private static final int WIDEST = 250;

  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * Starts a table.
   *
   * @param heads of the columns; one that begins with {@code >} has its texts on the right
   */
  public Columns(final String... heads) {
    right = new boolean[heads.length];
    final String[] names = new String[heads.length];
    for (int i = 0; i < heads.length; i++) {
      right[i] = heads[i].startsWith(">");
      names[i] = right[i] ? heads[i].substring(1) : heads[i];
    }
    rows.add(names);
  }

  /**
   * Adds a row.
   *
   * @param cells one for each column
   */
  public void add(final Object... cells) {
    if (cells.length != right.length) {
      throw new IllegalArgumentException(cells.length + " cells for " + right.length + " columns");
    }
    rows.add(Arrays.stream(cells).map(Object::toString).toArray(String[]::new));
  }

  /**
   * How many rows there are.
   *
   * @return the number, without the heads
   */
  public int size() {
    return rows.size() - 1;
  }

  /**
   * Writes the table, heads first unless all of them are empty.
   *
   * @param out where to
   */
  public void print(final PrintWriter out) {
    final int[] widths = new int[right.length];
    for (final String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        final int width = width(row[i]);
        widths[i] = width > WIDEST ? widths[i] : Math.max(widths[i], width);
      }
    }
    final boolean headless = Arrays.stream(rows.get(0)).allMatch(String::isEmpty);
    for (final String[] row : rows.subList(headless ? 1 : 0, rows.size())) {
      out.println(line(row, widths));
    }
  }

  private String line(final String[] row, final int... widths) {
    final StringBuilder line = new StringBuilder(INDENT);
    for (int i = 0; i < row.length; i++) {
      final String space = " ".repeat(Math.max(0, widths[i] - width(row[i])));
      line.append(i == 0 ? "" : GAP);
      line.append(right[i] ? space + row[i] : row[i] + space);
    }
    return line.toString().stripTrailing();
  }

  private static int width(final String text) {
    return text.codePointCount(0, text.length());
  }
}
