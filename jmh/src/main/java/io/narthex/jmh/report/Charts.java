package io.narthex.jmh.report;

import io.narthex.jmh.report.Plot.Axis;
import java.util.List;
import java.util.Map;

/** The charts of the report, in its order. */
final class Charts {
  private static final String NS = "ns per call";
  private static final String LOWER = "Lower is better.";
  private static final String THREADS = "threads";
  private static final String SERIES = "series";
  private static final String ENCODING = "encoding";
  private static final Map<String, String> BASE = Map.of();

  private final Figures figures;

  Charts(final Figures figures) {
    this.figures = figures;
  }

  List<Chart> all() {
    return List.of(
        ratios(),
        counterShared(),
        counterOwn(),
        lookup(),
        growth(),
        view(),
        gauge(),
        histogram(),
        create(),
        scrape(),
        attach(),
        latency(),
        processes(),
        new MemoryChart(figures).chart(),
        backends());
  }

  Chart ratios() {
    return new RatioChart(figures).chart();
  }

  Chart growth() {
    final Lines children = new Lines(figures, "children", "children", true);
    children.panel("counter inc()", "counter-inc", BASE, Axis.linear(NS), 1);
    children.panel("look-up of 2 labels and inc()", "lookup", BASE, Axis.linear(NS), 1);
    final Lines series = new Lines(figures, SERIES, SERIES, true);
    series.panel("scrape of all series", "scrape", BASE, Axis.log("ms per page"), 1);
    series.panel("create a series", "create", BASE, Axis.linear("ns per series"), 1);
    return children.and(
        series,
        "growth",
        "As series grow in number",
        LOWER + " A flat line does not grow. Logarithmic: all x axes, and the time of a scrape.");
  }

  private Chart counterShared() {
    return new Lines(figures, THREADS, THREADS, false)
        .panel("inc()", "counter-inc", BASE, Axis.linear(NS), 1)
        .panel("inc(double)", "counter-inc-double", BASE, Axis.linear(NS), 1)
        .chart(
            "counter-threads",
            "Counter: all threads on one child",
            LOWER + " Time of one increment, as each thread sees it.",
            300,
            false);
  }

  private Chart counterOwn() {
    return new Lines(figures, THREADS, THREADS, false)
        .panel("inc()", "counter-own", BASE, Axis.linear(NS), 1)
        .panel("inc(double)", "counter-own-double", BASE, Axis.linear(NS), 1)
        .chart(
            "counter-own",
            "Counter: each thread on a child of its own",
            LOWER + " Time of one increment, as each thread sees it.",
            300,
            false);
  }

  private Chart lookup() {
    return new Lines(figures, "labels", "labels", false)
        .panel("the same strings", "lookup", Map.of("strings", "same"), Axis.linear(NS), 1)
        .panel("equal strings", "lookup", Map.of("strings", "equal"), Axis.linear(NS), 1)
        .panel(
            "fresh strings, no hash yet", "lookup", Map.of("strings", "fresh"), Axis.linear(NS), 1)
        .chart(
            "lookup",
            "Look-up by label values, and inc()",
            LOWER + " 256 children in turn. “strings alone” is the cost of making fresh strings.",
            260,
            true);
  }

  /** Of ours alone: no peer has views. */
  private Chart view() {
    return new Bars(figures, subject -> Subjects.isOurs(subject) && Subjects.isBesidePeers(subject))
        .panel("look-up of 2 labels and inc()", "lookup", BASE)
        .panel("the same by a kept view that has one of them", "view", BASE)
        .onOneRange()
        .chart("view", "Finishing a partial view", Bars.NOTE, Pivot::byMeasure);
  }

  private Chart gauge() {
    return new Bars(figures, Subjects::isBesidePeers)
        .panel("set()", "gauge-set", BASE)
        .panel("inc()", "gauge-inc", BASE)
        .chart("gauge", "Gauge", Bars.NOTE, points -> Pivot.of(points, THREADS));
  }

  private Chart histogram() {
    return new Lines(figures, THREADS, THREADS, false)
        .panel("11 bounds", "histogram-observe", Map.of("bounds", "11"), Axis.log(NS), 1)
        .panel("40 bounds", "histogram-observe", Map.of("bounds", "40"), Axis.log(NS), 1)
        .chart(
            "histogram",
            "Histogram: observe(), all threads on one child",
            LOWER + " Time of one observation, as each thread sees it. Logarithmic in time.",
            280,
            true);
  }

  private Chart create() {
    return new Bars(figures, Subjects::isBesidePeers)
        .bySeries("create")
        .chart(
            "create",
            "Creating series with two labels",
            Bars.NOTE + " Time of one of so many.",
            points -> Pivot.of(points, SERIES));
  }

  private Chart scrape() {
    final Map<String, String> gzip = Map.of(ENCODING, "gzip");
    return new Bars(figures, Subjects::isBesidePeers)
        .panel("time of a page", "scrape", BASE)
        .panel("time of a page, gzip", "scrape", gzip)
        .panel("size of a page", "page-bytes", BASE)
        .panel("size of a page, gzip", "page-bytes", gzip)
        .chart(
            "scrape",
            "Scrape of 100,000 counters, all changed",
            Bars.NOTE,
            points -> Pivot.of(points, ENCODING));
  }

  private Chart attach() {
    return new Bars(figures, Subjects::isBesidePeers)
        .bySeries("attach")
        .chart(
            "attach",
            "Attaching to a file, and scraping it once",
            Bars.NOTE,
            points -> Pivot.of(points, SERIES));
  }

  private Chart latency() {
    return new Lines(figures, "percentile", "percentile", false)
        .panel(
            "nothing else runs", "latency", Map.of("load", "idle"), Axis.nanos("time of a call"), 1)
        .panel(
            "during scrapes",
            "latency",
            Map.of("load", "scraping"),
            Axis.nanos("time of a call"),
            1)
        .panel(
            "while series are created",
            "latency",
            Map.of("load", "creating"),
            Axis.nanos("time of a call"),
            1)
        .chart(
            "latency",
            "Latency of one increment",
            LOWER + " Logarithmic in time; each step to the right leaves out fewer calls.",
            300,
            true);
  }

  private Chart processes() {
    final Axis y = Axis.linear("million increments per second");
    return new Lines(figures, "processes", "processes", false)
        .panel("all on one child", "processes", Map.of("child", "one"), y, 1e-6)
        .panel("each on its own child", "processes", Map.of("child", "own"), y, 1e-6)
        .chart(
            "processes",
            "Several processes that count together",
            "Higher is better. All processes together.",
            280,
            true);
  }

  private Chart backends() {
    return new Bars(figures, Subjects.BACKENDS::contains)
        .panel("counter inc()", "counter-inc", BASE)
        .panel("look-up and inc()", "lookup", BASE)
        .panel("gauge set()", "gauge-set", BASE)
        .panel("histogram observe()", "histogram-observe", BASE)
        .panel("create a series", "create", BASE)
        .panel("scrape of 100,000 series", "scrape", BASE)
        .chart("backends", "The backends side by side", Bars.NOTE, Pivot::byMeasure);
  }
}
