package io.narthex.jmh.suite;

import io.narthex.jmh.AttachBenchmark;
import io.narthex.jmh.CounterBenchmark;
import io.narthex.jmh.CreateBenchmark;
import io.narthex.jmh.FreshLookupBenchmark;
import io.narthex.jmh.GaugeBenchmark;
import io.narthex.jmh.HistogramBenchmark;
import io.narthex.jmh.LookupBenchmark;
import io.narthex.jmh.OwnChildrenBenchmark;
import io.narthex.jmh.RandomPairsBenchmark;
import io.narthex.jmh.ScrapeBenchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run measures, in this order. One parameter is varied at a time from the base case: the
 * mapped backend, 2 labels, 256 children by turns, 1 thread, 11 bounds, 100,000 series.
 */
final class Plan {
  private static final List<String> ALL_THREADS = List.of("1", "2", "4", "8");

  private static final List<String> MANY = List.of("100", "1000", "10000", "100000", "1000000");

  /** So many series are made before a shot of making some counts. */
  private static final int COMPILED = 300_000;

  private final boolean quick;
  private final Pace calls;

  /** Of what decides of a target: how a JVM happens to compile it differs from one to the next. */
  private final Pace decisive;

  private final Pace pages;
  private final Pace shots;
  private final List<Step> steps = new ArrayList<>();

  Plan(final boolean quick) {
    this.quick = quick;
    this.calls = quick ? new Pace(1, 3, 4, 150) : new Pace(1, 4, 6, 300);
    this.decisive = quick ? calls : new Pace(3, 3, 4, 300);
    this.pages = quick ? new Pace(1, 2, 3, 500) : new Pace(1, 3, 5, 800);
    this.shots = quick ? new Pace(1, 4, 5, 0) : new Pace(1, 8, 12, 0);
  }

  List<Step> steps() {
    if (steps.isEmpty()) {
      counters();
      lookups();
      gauges();
      histograms();
      creation();
      scrapes();
      backends();
      steps.addAll(Harnesses.steps(quick));
    }
    return List.copyOf(steps);
  }

  private void counters() {
    for (final String threads : quick ? List.of("1", "2") : ALL_THREADS) {
      final int count = Integer.parseInt(threads);
      final Pace pace = count <= 2 ? decisive : calls;
      add(counter(pace).threads(count), heap(counterOurs(calls).threads(count)));
    }
    // Of one thread only: it loses counts, and is there as the floor.
    add(new JmhStep("counter-inc", CounterBenchmark.class, List.of("incPlain"), calls).threads(1));
    add(counterOurs(decisive).threads(1).withoutFlag());
    add(counterOurs(decisive).threads(2).withoutFlag());
    add(
        new JmhStep("counter-pairs", RandomPairsBenchmark.class, pairs(), decisive)
            .shown("threads", "2"));
    if (quick) {
      return;
    }
    for (final String children : MANY) {
      add(
          new JmhStep("counter-inc", CounterBenchmark.class, methods("inc", "ClientJava"), calls)
              .with("children", children)
              .threads(1));
    }
    for (final String threads : ALL_THREADS) {
      add(halves("counter-inc-double", CounterBenchmark.class, threads));
    }
    for (final String threads : ALL_THREADS) {
      final List<String> methods =
          methods(
              "inc",
              "ClientJava",
              "Micrometer",
              "Dropwizard",
              "OpenTelemetry",
              "Agrona",
              "LongAdder",
              "Atomic",
              "Plain");
      add(
          new JmhStep("counter-own", OwnChildrenBenchmark.class, methods, calls)
              .threads(Integer.parseInt(threads)));
    }
    for (final String threads : ALL_THREADS) {
      add(halves("counter-own-double", OwnChildrenBenchmark.class, threads));
    }
  }

  private JmhStep counter(final Pace pace) {
    final List<String> methods =
        quick
            ? methods("inc", "ClientJava", "LongAdder", "Agrona", "Atomic")
            : methods(
                "inc",
                "ClientJava",
                "Micrometer",
                "Dropwizard",
                "OpenTelemetry",
                "Agrona",
                "LongAdder",
                "Atomic");
    return new JmhStep("counter-inc", CounterBenchmark.class, methods, pace);
  }

  private static JmhStep counterOurs(final Pace pace) {
    return new JmhStep("counter-inc", CounterBenchmark.class, List.of("inc"), pace);
  }

  /** Dropwizard and Agrona count in whole numbers only. */
  private JmhStep halves(final String measure, final Class<?> benchmarks, final String threads) {
    final List<String> methods =
        methods("incHalf", "ClientJava", "Micrometer", "OpenTelemetry", "DoubleAdder");
    return new JmhStep(measure, benchmarks, methods, calls).threads(Integer.parseInt(threads));
  }

  private static List<String> pairs() {
    return methods("inc", "ClientJava", "LongAdder");
  }

  private void lookups() {
    add(lookup("two", "2", "256", "rotating", true, decisive));
    add(heap(lookup("two", "2", "256", "rotating", false)));
    add(lookup("two", "2", "256", "rotating", false, decisive).withoutFlag());
    add(
        strings("fresh", "fresh", decisive),
        new JmhStep("lookup", FreshLookupBenchmark.class, List.of("strings"), decisive)
            .shown("labels", "2")
            .shown("children", "256")
            .shown("order", "rotating")
            .shown("strings", "fresh")
            .threads(1));
    if (quick) {
      return;
    }
    add(strings("equal", "equal", calls));
    add(lookup("one", "1", "256", "rotating", true), lookup("four", "4", "256", "rotating", true));
    add(lookup("two", "2", "256", "fixed", true), lookup("two", "2", "1", "rotating", true));
    for (final String children : MANY) {
      add(lookup("two", "2", children, "rotating", "100000".equals(children)));
    }
    add(view(), heap(view()), view().withoutFlag());
  }

  private JmhStep view() {
    return new JmhStep("view", LookupBenchmark.class, List.of("twoFromView"), calls)
        .with("children", "256")
        .threads(1);
  }

  private JmhStep lookup(
      final String method,
      final String labels,
      final String children,
      final String order,
      final boolean peers) {
    return lookup(method, labels, children, order, peers, calls);
  }

  private JmhStep lookup(
      final String method,
      final String labels,
      final String children,
      final String order,
      final boolean peers,
      final Pace pace) {
    final List<String> methods =
        !peers
            ? methods(method, "ClientJava")
            : quick
                ? methods(method, "ClientJava", "Micrometer", "OpenTelemetry")
                : methods(method, "ClientJava", "Micrometer", "Dropwizard", "OpenTelemetry");
    return new JmhStep("lookup", LookupBenchmark.class, methods, pace)
        .shown("labels", labels)
        .with("children", children)
        .with("order", order)
        .shown("strings", "same")
        .threads(1);
  }

  private JmhStep strings(final String method, final String strings, final Pace pace) {
    final List<String> methods =
        quick
            ? methods(method, "ClientJava")
            : methods(method, "ClientJava", "Micrometer", "OpenTelemetry");
    return new JmhStep("lookup", FreshLookupBenchmark.class, methods, pace)
        .shown("labels", "2")
        .shown("children", "256")
        .shown("order", "rotating")
        .shown("strings", strings)
        .threads(1);
  }

  private void gauges() {
    if (quick) {
      return;
    }
    add(gaugeSet(calls), gaugeInc(), heap(gaugeInc()));
  }

  private JmhStep gaugeInc() {
    return new JmhStep(
            "gauge-inc",
            GaugeBenchmark.class,
            methods("inc", "ClientJava", "OpenTelemetry", "Agrona"),
            calls)
        .threads(1);
  }

  private static JmhStep gaugeSet(final Pace pace) {
    return new JmhStep(
            "gauge-set",
            GaugeBenchmark.class,
            methods("set", "ClientJava", "Dropwizard", "OpenTelemetry", "Agrona"),
            pace)
        .threads(1);
  }

  private void histograms() {
    for (final String threads : quick ? List.of("1", "2") : ALL_THREADS) {
      final int count = Integer.parseInt(threads);
      add(histogram("11", count, true, count <= 2 ? decisive : calls));
    }
    add(heap(histogram("11", 1, false, calls)));
    add(histogram("11", 1, false, decisive).withoutFlag());
    add(histogram("11", 2, false, decisive).withoutFlag());
    if (!quick) {
      add(histogram("40", 1, true, calls), histogram("40", 2, true, calls));
    }
  }

  private JmhStep histogram(
      final String bounds, final int threads, final boolean peers, final Pace pace) {
    final List<String> methods =
        !peers
            ? List.of("observe")
            : quick
                ? methods("observe", "ClientJava", "Micrometer")
                : methods("observe", "ClientJava", "Micrometer", "Dropwizard", "OpenTelemetry");
    return new JmhStep("histogram-observe", HistogramBenchmark.class, methods, pace)
        .with("bounds", bounds)
        .threads(threads);
  }

  private void creation() {
    add(create("100000", methods("create", "ClientJava")).seconds(quick ? 5 : 9));
    add(create("100000", List.of("create")).withoutFlag().seconds(quick ? 5 : 9));
    if (!quick) {
      add(heap(create("100000", List.of("create"))).seconds(7));
      final String[] peers = {"createMicrometer", "createDropwizard", "createOpenTelemetry"};
      add(create("100000", List.of(peers)).seconds(9));
      for (final String series : List.of("1000", "10000")) {
        add(create(series, methods("create", "ClientJava")).seconds(6));
      }
      add(create("1000000", methods("create", "ClientJava")).seconds(50));
    }
  }

  private JmhStep create(final String series, final List<String> methods) {
    final int count = Integer.parseInt(series);
    return new JmhStep("create", CreateBenchmark.class, methods, shots(count))
        .with("series", series)
        .operations(count);
  }

  /** Of few series it takes many shots until the code is compiled; of a million each takes long. */
  private Pace shots(final int series) {
    if (series > 100_000) {
      return new Pace(1, 3, 7, 0);
    }
    final int warmups = Math.max(shots.warmups(), COMPILED / series);
    return new Pace(1, warmups, Math.max(shots.measurements(), warmups / 3), 0);
  }

  private void scrapes() {
    add(scrape("100000", methods("scrape", "ClientJava")).seconds(quick ? 6 : 9));
    add(scrape("100000", List.of("scrape")).withoutFlag().seconds(quick ? 6 : 9));
    add(attach("100000"), attach("100000").withoutFlag());
    if (quick) {
      return;
    }
    add(scrape("100000", List.of("scrapeMicrometer")).seconds(10));
    add(heap(scrape("100000", List.of("scrape"))).seconds(9));
    for (final String series : List.of("100", "1000", "10000")) {
      add(scrape(series, methods("scrape", "ClientJava")).seconds(8));
    }
    add(scrape("1000000", methods("scrape", "ClientJava")).seconds(45));
    add(
        new JmhStep("scrape", ScrapeBenchmark.class, methods("scrapeGzip", "ClientJava"), pages)
            .with("series", "100000")
            .shown("encoding", "gzip")
            .seconds(12));
    add(attach("1000"), attach("10000"), attach("1000000"));
  }

  private JmhStep scrape(final String series, final List<String> methods) {
    return new JmhStep("scrape", ScrapeBenchmark.class, methods, pages)
        .with("series", series)
        .shown("encoding", "identity");
  }

  private JmhStep attach(final String series) {
    final Pace pace = shots(Integer.parseInt(series));
    return new JmhStep("attach", AttachBenchmark.class, List.of("attach"), pace)
        .with("series", series)
        .seconds("1000000".equals(series) ? 20 : 4);
  }

  /** What the sections above have not measured on each of our backends. */
  private void backends() {
    if (quick) {
      return;
    }
    add(gaugeSet(calls).onlyOurs().backend("heap"));
    for (final String backend : List.of("chronicle", "redis", "redis-direct")) {
      // A call takes as long as 10,000 of the others, and few would be counted.
      final Pace pace = "redis-direct".equals(backend) ? new Pace(1, 2, 8, 1_000) : calls;
      add(
          counterOurs(pace).threads(1).backend(backend),
          lookup("two", "2", "256", "rotating", false, pace).onlyOurs().backend(backend),
          gaugeSet(pace).onlyOurs().backend(backend),
          histogram("11", 1, false, pace).backend(backend));
    }
    // Directly each of these would be a round trip for each series.
    for (final String backend : List.of("chronicle", "redis")) {
      add(
          create("100000", List.of("create")).backend(backend).seconds(12),
          scrape("100000", List.of("scrape")).backend(backend).seconds(14));
    }
  }

  private static JmhStep heap(final JmhStep step) {
    return step.onlyOurs().backend("heap");
  }

  private void add(final Step... more) {
    steps.addAll(List.of(more));
  }

  /** A method of ours, and those that do the same to peers. */
  private static List<String> methods(final String ours, final String... peers) {
    return Stream.concat(Stream.of(ours), Stream.of(peers).map(peer -> ours + peer)).toList();
  }
}
