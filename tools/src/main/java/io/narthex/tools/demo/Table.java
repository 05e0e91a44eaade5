package io.narthex.tools.demo;

import io.narthex.tools.demo.Snapshot.Row;
import io.narthex.tools.text.Numbers;
import io.narthex.tools.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table as lines of text, with colours for a terminal. ASCII only: any locale shows it. */
final class Table {
  private static final int MIN_ROWS = 3;
  private static final String BOLD = "\033[1m";
  private static final String RED = "\033[31m";
  private static final String GREEN = "\033[32m";
  private static final String DIM = "\033[2m";
  private static final String PLAIN = "\033[0m";

  private final int maxRows;
  private final boolean colours;

  /**
   * Makes tables of a height.
   *
   * @param maxRows how many workers are shown at most
   */
  Table(final int maxRows, final boolean colours) {
    this.maxRows = Math.max(MIN_ROWS, maxRows);
    this.colours = colours;
  }

  List<String> lines(final Snapshot snapshot) {
    final List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        paint(BOLD, line("worker", "pid", "requests", "req/s", "errors", "p50", "p99", "alive")));
    final List<Row> shown = shown(snapshot.rows());
    shown.forEach(row -> lines.add(row(row)));
    final int hidden = snapshot.rows().size() - shown.size();
    if (hidden > 0) {
      lines.add(paint(DIM, "  and " + hidden + " more"));
    }
    final Row all = snapshot.all();
    lines.add(
        paint(
            BOLD,
            line(
                all.worker(),
                "",
                Numbers.count(all.requests()),
                Numbers.count(Math.round(all.rate())),
                Numbers.count(all.errors()),
                Units.seconds(all.latency().quantile(0.5)),
                Units.seconds(all.latency().quantile(0.99)),
                snapshot.serving() + " of " + snapshot.wanted())));
    lines.add("");
    return lines;
  }

  /** The newest are shown in any case: they are the successors. */
  private List<Row> shown(final List<Row> rows) {
    if (rows.size() <= maxRows) {
      return rows;
    }
    final int newest = maxRows / 2;
    final List<Row> shown = new ArrayList<>(rows.subList(0, maxRows - newest));
    shown.addAll(rows.subList(rows.size() - newest, rows.size()));
    return shown;
  }

  private String row(final Row row) {
    final boolean dead = row.state().isDead();
    final String text =
        line(
            row.worker(),
            Long.toString(row.pid()),
            Numbers.count(row.requests()),
            dead ? "-" : Numbers.count(Math.round(row.rate())),
            Numbers.count(row.errors()),
            Units.seconds(row.latency().quantile(0.5)),
            Units.seconds(row.latency().quantile(0.99)),
            "");
    return text
        + switch (row.state()) {
          case STARTING -> paint(DIM, row.state().text());
          case SERVING -> paint(GREEN, row.state().text());
          case KILLED, ENDED -> paint(RED, row.state().text());
        };
  }

  private String paint(final String colour, final String text) {
    return colours ? colour + text + PLAIN : text;
  }

  private static String line(final Object... cells) {
    return String.format(Locale.ROOT, "  %-7s %9s %11s %9s %8s %9s %9s   %s", cells);
  }
}
