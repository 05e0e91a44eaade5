package io.narthex.jmh.report;

import io.narthex.jmh.results.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The short table of the README: ours beside client_java. */
final class NumbersTable {
  private static final String NONE = "–";

  private final Figures figures;
  private final List<List<String>> rows = new ArrayList<>();

  NumbersTable(final Figures figures) {
    this.figures = figures;
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
        "", "", List.of("", "Narthex, mapped", "client_java", "ratio", "garbage per call"), rows);
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
            peer.map(Numbers::quantity).orElse(NONE),
            both ? Numbers.ratio(ours.get().value() / peer.get().value()) : NONE,
            garbage(ours, peer)));
  }

  private static String garbage(final Optional<Point> ours, final Optional<Point> peer) {
    final String left = ours.map(NumbersTable::garbage).orElse(NONE);
    final String right = peer.map(NumbersTable::garbage).orElse(NONE);
    return left.equals(NONE) && right.equals(NONE) ? NONE : left + " / " + right;
  }

  private static String garbage(final Point point) {
    return point.allocated() == null ? NONE : Numbers.bytes(point.allocated());
  }
}
