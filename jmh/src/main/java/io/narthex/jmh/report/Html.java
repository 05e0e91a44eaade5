package io.narthex.jmh.report;

import java.util.List;

/** Builds HTML; every text that it is given is escaped. */
final class Html {
  private final StringBuilder out = new StringBuilder();

  /** Markup as it is; never with foreign text in it. */
  Html raw(final String markup) {
    out.append(markup);
    return this;
  }

  Html text(final String text) {
    out.append(escape(text));
    return this;
  }

  /** An element that holds nothing but text. */
  Html element(final String tag, final String text) {
    final String name = tag.split(" ", 2)[0];
    return raw("<" + tag + ">").text(text).raw("</" + name + ">\n");
  }

  /** A table; all columns but the first hold figures, unless they are words. */
  Html table(final Grid grid) {
    if (!grid.title().isEmpty()) {
      element("h4", grid.title());
    }
    raw("<div class=\"scroll\"><table>\n<thead><tr>");
    grid.header().forEach(name -> raw("<th scope=\"col\">").text(name).raw("</th>"));
    raw("</tr></thead>\n<tbody>\n");
    grid.rows().forEach(this::row);
    raw("</tbody></table></div>\n");
    return grid.note().isEmpty() ? this : element("p class=\"note\"", "All rows: " + grid.note());
  }

  private void row(final List<String> cells) {
    raw("<tr>");
    for (final String cell : cells) {
      raw(isFigure(cell) ? "<td class=\"figure\">" : "<td>").text(cell).raw("</td>");
    }
    raw("</tr>\n");
  }

  private static boolean isFigure(final String cell) {
    return !cell.isEmpty() && (Character.isDigit(cell.charAt(0)) || cell.equals("–"));
  }

  static String escape(final String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
