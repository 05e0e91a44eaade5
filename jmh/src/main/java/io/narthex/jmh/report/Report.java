package io.narthex.jmh.report;

import io.narthex.jmh.report.Target.Outcome;
import io.narthex.jmh.report.Target.Verdict;
import io.narthex.jmh.results.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The results of a run as one HTML page, which holds all that it shows. */
public final class Report {
  static final String NOT_MEASURED = "Not measured in this run.";

  private static final String ERRORS =
      "± is half the 99.9 % interval by how the iterations of this run scatter, as JMH gives it;"
          + " that of a ratio follows from those of its two sides. Where the limit is within it,"
          + " another run may come to another verdict.";

  private static final int WIDTH = 1000;

  private final Results results;
  private final Figures figures;
  private final Html html = new Html();

  private Report(final Results results) {
    this.results = results;
    figures = new Figures(results);
  }

  /** Writes the page; it takes some seconds to draw. */
  public static void write(final Results results, final Path html) throws IOException {
    Files.writeString(html, new Report(results).page());
  }

  private String page() {
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .element("title", "Narthex " + results.version() + ": benchmarks")
        .raw("<style>\n" + Resources.text("report.css") + "</style>\n</head>\n<body>\n<main>\n");
    final List<Outcome> outcomes =
        Targets.all().stream().map(target -> target.outcome(figures)).toList();
    summary(outcomes);
    targets(outcomes);
    charts();
    all();
    return html.raw("</main>\n</body>\n</html>\n").toString();
  }

  private void summary(final List<Outcome> outcomes) {
    html.element("h1", "Narthex benchmarks")
        .element(
            "p class=\"lead\"",
            "How fast Narthex’s metrics are, in a memory-mapped file and on its other backends,"
                + " beside other libraries in the same run. Times differ from machine to machine;"
                + " compare ratios.")
        .raw("<dl>\n");
    Provenance.facts(results).forEach(this::fact);
    fact("Targets", counts(outcomes));
    html.raw("</dl>\n");
    if (results.quick()) {
      html.element(
          "p class=\"warning\"",
          "This was a quick run, with few and short iterations: its figures are rough.");
    }
  }

  private void fact(final String name, final String value) {
    html.raw("<div>").element("dt", name).element("dd", value).raw("</div>\n");
  }

  private static String counts(final List<Outcome> outcomes) {
    final Map<Verdict, Long> counts =
        outcomes.stream().collect(Collectors.groupingBy(Outcome::verdict, Collectors.counting()));
    final long close = outcomes.stream().filter(Outcome::close).count();
    return List.of(Verdict.values()).stream()
            .map(verdict -> counts.getOrDefault(verdict, 0L) + " " + verdict.text())
            .collect(Collectors.joining(", "))
        + (close == 0 ? "" : "; " + close + " of them within the error");
  }

  private void targets(final List<Outcome> outcomes) {
    html.element("h2 id=\"targets\"", "Targets")
        .element(
            "p class=\"note\"",
            "Ratios are time or memory of Narthex on a mapped file over the other’s: below 1,"
                + " Narthex is better. Garbage of at most half a byte counts as none. "
                + ERRORS)
        .raw("<div class=\"scroll\"><table class=\"targets\">\n<thead><tr>");
    List.of("target", "limit", "measured", "outcome")
        .forEach(name -> html.raw("<th scope=\"col\">").text(name).raw("</th>"));
    html.raw("</tr></thead>\n<tbody>\n");
    outcomes.forEach(this::target);
    html.raw("</tbody></table></div>\n");
  }

  private void target(final Outcome outcome) {
    final Target target = outcome.target();
    final String style = outcome.verdict().text().replace(' ', '-');
    html.raw("<tr><td>").text(target.text());
    final String reason = Reasons.of(target);
    if (outcome.verdict() == Verdict.MISSED && !reason.isEmpty()) {
      html.raw("<div class=\"reason\">").text(reason).raw("</div>");
    }
    html.raw("</td><td class=\"figure\">")
        .text(target.limitText())
        .raw("</td><td class=\"figure\">")
        .text(outcome.figure())
        .raw("</td><td><span class=\"verdict " + style + "\">")
        .text(outcome.text())
        .raw("</span></td></tr>\n");
  }

  private void charts() {
    final List<Chart> charts = new Charts(figures).all();
    html.element("h2", "Charts").raw("<nav>\n");
    charts.forEach(
        chart -> html.raw("<a href=\"#" + chart.id() + "\">").text(chart.title()).raw("</a>\n"));
    html.raw("</nav>\n");
    try (ECharts echarts = new ECharts()) {
      charts.forEach(chart -> section(chart, echarts));
    }
  }

  private void section(final Chart chart, final ECharts echarts) {
    html.raw("<section id=\"" + chart.id() + "\">\n");
    if (chart.isEmpty()) {
      html.element("h3", chart.title())
          .element("p class=\"note\"", NOT_MEASURED)
          .raw("</section>\n");
      return;
    }
    html.raw("<figure role=\"img\" aria-label=\"")
        .text(chart.title())
        .raw("\">\n")
        .raw(echarts.svg(chart.plot(), WIDTH))
        .raw("\n</figure>\n<details><summary>Figures</summary>\n");
    chart.grids().forEach(html::table);
    html.raw("</details>\n</section>\n");
  }

  private void all() {
    html.element("h2 id=\"all\"", "All that was measured");
    if (figures.all().isEmpty()) {
      html.element("p class=\"note\"", NOT_MEASURED);
    }
    for (final Grid grid : Pivot.of(figures.all(), "")) {
      html.raw("<details>")
          .element("summary", grid.title())
          .table(new Grid("", grid.note(), grid.header(), grid.rows()))
          .raw("</details>\n");
    }
  }
}
