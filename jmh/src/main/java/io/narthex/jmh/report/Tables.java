package io.narthex.jmh.report;

import io.narthex.jmh.report.Target.Outcome;
import io.narthex.jmh.report.Target.Verdict;
import io.narthex.jmh.results.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts tables into Markdown files, between {@code <!-- bench:NAME -->} and its end. */
public final class Tables {
  private static final String NUMBERS = "numbers";
  private static final String TARGETS = "targets";

  private static final String MACHINE = "machine";

  private final Results results;
  private final Figures figures;

  private Tables(final Results results) {
    this.results = results;
    figures = new Figures(results);
  }

  /**
   * Replaces what stands between the markers of each name by the table of that name.
   *
   * @param names {@code numbers}, {@code targets}, {@code machine}, or the id of a chart such as
   *     {@code growth}
   * @throws IOException where a marker is missing, with the file and the marker; nothing is written
   *     then
   * @throws IllegalArgumentException where there is no table of that name
   */
  public static void write(final Results results, final Path markdown, final List<String> names)
      throws IOException {
    final Map<String, List<Grid>> grids = new Tables(results).grids();
    String text = Files.readString(markdown);
    for (final String name : names) {
      final List<Grid> named = grids.get(name);
      if (named == null) {
        throw new IllegalArgumentException(
            "There is no table named " + name + ", only " + String.join(", ", grids.keySet()));
      }
      final String block = block(named);
      // That table says itself what the sentence says.
      final String under = name.equals(MACHINE) ? "" : escape(Provenance.sentence(results)) + '\n';
      text = replace(text, markdown, name, block + under);
    }
    Files.writeString(markdown, text);
  }

  private Map<String, List<Grid>> grids() {
    final Map<String, List<Grid>> grids = new LinkedHashMap<>();
    grids.put(NUMBERS, List.of(new NumbersTable(figures, results).grid()));
    grids.put(TARGETS, List.of(targets()));
    grids.put(MACHINE, List.of(machine()));
    new Charts(figures).all().forEach(chart -> grids.put(chart.id(), chart.grids()));
    return grids;
  }

  private Grid machine() {
    return new Grid(
        "",
        "",
        List.of("", ""),
        Provenance.facts(results).entrySet().stream()
            .map(fact -> List.of(fact.getKey(), fact.getValue()))
            .toList());
  }

  private Grid targets() {
    return new Grid(
        "",
        "",
        List.of("target", "limit", "measured", "outcome"),
        Targets.all().stream().map(target -> row(target.outcome(figures))).toList());
  }

  private static List<String> row(final Outcome outcome) {
    final boolean missed = outcome.verdict() == Verdict.MISSED;
    final String reason = missed ? Reasons.of(outcome.target()) : "";
    final String word = outcome.text();
    return List.of(
        outcome.target().text(),
        outcome.target().limitText(),
        outcome.figure(),
        reason.isEmpty() ? word : word + ": " + reason);
  }

  private static String replace(
      final String text, final Path file, final String name, final String block)
      throws IOException {
    final String open = "<!-- bench:" + name + " -->";
    final String close = "<!-- /bench:" + name + " -->";
    final int from = text.indexOf(open);
    if (from < 0) {
      throw new IOException(file + " has no marker " + open);
    }
    final int start = from + open.length();
    final int end = text.indexOf(close, start);
    if (end < 0) {
      throw new IOException(file + " has no marker " + close + " after " + open);
    }
    return text.substring(0, start) + '\n' + block + text.substring(end);
  }

  private static String block(final List<Grid> grids) {
    final StringBuilder out = new StringBuilder();
    if (grids.stream().allMatch(grid -> grid.rows().isEmpty())) {
      out.append(Report.NOT_MEASURED).append("\n\n");
    }
    for (final Grid grid : grids) {
      if (!grid.rows().isEmpty()) {
        append(out, grid, grids.size() > 1);
      }
    }
    return out.toString();
  }

  private static void append(final StringBuilder out, final Grid grid, final boolean titled) {
    if (titled) {
      out.append(escape(grid.title())).append(":\n\n");
    }
    out.append(line(grid.header()));
    out.append(line(grid.header().stream().map(name -> "---").toList()));
    grid.rows().forEach(row -> out.append(line(row)));
    out.append('\n');
    if (!grid.note().isEmpty()) {
      out.append("All rows: ").append(escape(grid.note())).append(".\n\n");
    }
  }

  private static String line(final List<String> cells) {
    return cells.stream().map(Tables::escape).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Neither a column, nor an element, nor a marker may come of a text. */
  private static String escape(final String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("\n", " ")
        .replace("*", "\\*")
        .replace("`", "\\`");
  }
}
