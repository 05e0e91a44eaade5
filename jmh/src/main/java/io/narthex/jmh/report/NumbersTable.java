package io.narthex.jmh.report;

import io.narthex.jmh.results.Point;
import io.narthex.jmh.results.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The short table of the README: ours beside client_java. */
final class NumbersTable {
  private final Figures figures;
  private final Results results;
  private final List<List<String>> rows = new ArrayList<>();

  NumbersTable(final Figures figures, final Results results) {
    this.figures = figures;
    this.results = results;
  }

  Grid grid() {
    final Map<String, String> two = Map.of("threads", "2");
    row("counter inc(), 1 thread", "counter-inc", Map.of());
    row("counter inc(), 2 threads", "counter-inc", two);
    row("look-up of 2 labels and inc()", "lookup", Map.of());
    row("histogram observe(), 11 bounds, 1 thread", "histogram-observe", Map.of());
    row("histogram observe(), 11 bounds, 2 threads", "histogram-observe", two);
    row("scrape of 100,000 counters, all changed", "scrape", Map.of());
    row("create a series", "create", Map.of());
    row("memory of a counter", "memory", Map.of("kind", "counter", "where", "total"));
    row("attach to 100,000 series, and scrape once", "attach", Map.of());
    return new Grid(
        "",
        "",
        List.of(
            "",
            "Narthex, mapped",
            Provenance.peer(results, Subjects.CLIENT_JAVA),
            "ratio",
            "garbage per call"),
        rows);
  }

  private void row(final String text, final String measure, final Map<String, String> wanted) {
    final Optional<Point> ours = figures.find(measure, Subjects.MAPPED, wanted);
    final Optional<Point> peer = figures.find(measure, Subjects.CLIENT_JAVA, wanted);
    if (ours.isEmpty()) {
      return;
    }
    final boolean both = peer.isPresent() && peer.get().value() > 0;
    rows.add(
        List.of(
            text,
            Numbers.quantity(ours.get()),
            peer.map(Numbers::quantity).orElse(Numbers.NONE),
            both
                ? Numbers.ratio(Estimate.of(ours.get()).over(Estimate.of(peer.get())))
                : Numbers.NONE,
            garbage(ours, peer)));
  }

  private static String garbage(final Optional<Point> ours, final Optional<Point> peer) {
    final String left = ours.map(NumbersTable::garbage).orElse(Numbers.NONE);
    final String right = peer.map(NumbersTable::garbage).orElse(Numbers.NONE);
    return left.equals(Numbers.NONE) && right.equals(Numbers.NONE)
        ? Numbers.NONE
        : left + " / " + right;
  }

  private static String garbage(final Point point) {
    return point.allocated() == null ? Numbers.NONE : Numbers.bytes(point.allocated());
  }
}
