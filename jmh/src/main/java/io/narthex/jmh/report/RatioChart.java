package io.narthex.jmh.report;

import io.narthex.jmh.report.Plot.Axis;
import io.narthex.jmh.report.Plot.Datum;
import io.narthex.jmh.report.Plot.Panel;
import io.narthex.jmh.report.Plot.Series;
import io.narthex.jmh.results.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The overview: how many times slower or faster than ours each peer is. */
final class RatioChart {
  private static final List<Case> CASES =
      List.of(
          new Case("counter inc(), 1 thread", "counter-inc", Map.of()),
          new Case("counter inc(), 2 threads", "counter-inc", Map.of("threads", "2")),
          new Case("look-up of 2 labels and inc()", "lookup", Map.of()),
          new Case("histogram observe(), 1 thread", "histogram-observe", Map.of()),
          new Case("histogram observe(), 2 threads", "histogram-observe", Map.of("threads", "2")),
          new Case("scrape of 100,000 series", "scrape", Map.of()),
          new Case("create a series", "create", Map.of()));

  private final Figures figures;
  private final List<String> names = new ArrayList<>();
  private final List<Datum> headings = new ArrayList<>();
  private final List<Datum> bars = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  RatioChart(final Figures figures) {
    this.figures = figures;
  }

  Chart chart() {
    for (final Case each : CASES) {
      figures
          .find(each.measure, Subjects.MAPPED, each.wanted)
          .filter(ours -> ours.value() > 0)
          .ifPresent(ours -> add(each, ours));
    }
    final String title = "Time of each peer, as a multiple of Narthex’s";
    if (bars.isEmpty()) {
      return Chart.empty("ratios", title);
    }
    final Panel panel =
        new Panel(
            "",
            Axis.ratio("time of the peer / time of narthex mapped"),
            Axis.categories("", names),
            List.of(
                new Series("", "bar", Subjects.style(Subjects.MAPPED), bars),
                new Series("", "heading", Subjects.style(Subjects.MAPPED), headings)));
    return new Chart(
        "ratios",
        new Plot(
            title,
            "Bars to the right: the peer takes longer. Bars to the left: Narthex takes longer."
                + " Logarithmic scale.",
            1,
            names.size() * 19,
            false,
            List.of(),
            List.of(panel)),
        List.of(
            new Grid(
                "",
                "",
                List.of("case", "peer", "ours", "peer’s", "unit", "peer / ours", "garbage, B/op"),
                rows)));
  }

  private void add(final Case each, final Point ours) {
    final List<Point> peers =
        Subjects.PEERS.stream()
            .map(peer -> figures.find(each.measure, peer, each.wanted))
            .flatMap(Optional::stream)
            .filter(peer -> peer.value() > 0)
            .toList();
    if (peers.isEmpty()) {
      return;
    }
    headings.add(
        new Datum(0, names.size(), each.text + " – Narthex " + Numbers.quantity(ours), null));
    names.add("");
    for (final Point peer : peers) {
      final double ratio = peer.value() / ours.value();
      bars.add(
          new Datum(
              ratio,
              names.size(),
              words(ratio) + ", " + Numbers.quantity(peer),
              Subjects.style(peer.subject()).color()));
      names.add(peer.subject());
      rows.add(
          List.of(
              each.text,
              peer.subject(),
              Numbers.text(ours.value()),
              Numbers.text(peer.value()),
              ours.unit(),
              Numbers.text(ratio),
              Numbers.garbage(ours) + " / " + Numbers.garbage(peer)));
    }
  }

  private static String words(final double ratio) {
    final String slower = Numbers.text(ratio);
    if (slower.equals("1.00")) {
      return "the same";
    }
    return ratio > 1 ? slower + "× slower" : Numbers.text(1 / ratio) + "× faster";
  }

  /** What is compared. */
  private record Case(String text, String measure, Map<String, String> wanted) {}
}
