package io.narthex.jmh.report;

import java.util.List;

/**
 * A table, before it is HTML or Markdown.
 *
 * @param title what is in it; empty where that is plain
 * @param note what holds for all rows; may be empty
 */
record Grid(String title, String note, List<String> header, List<List<String>> rows) {
  Grid {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }
}
