package io.narthex.jmh.report;

import io.narthex.jmh.results.Build;
import io.narthex.jmh.results.Jvm;
import io.narthex.jmh.results.Machine;
import io.narthex.jmh.results.Point;
import io.narthex.jmh.results.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run with every measure of the suite; its figures are invented, but plausible. */
final class Sample {
  private static final List<String> OWN = Subjects.BACKENDS;
  private static final double[] OWN_SPEED = {1, 0.9, 1.3, 1.6, 2600};

  private final List<Point> points = new ArrayList<>();

  private Sample() {
    counters();
    lookups();
    gauges();
    histograms();
    pages();
    latencies();
    processes();
    memory();
    withoutFlag();
  }

  static Results full() {
    return of(new Sample().points);
  }

  static Results of(final List<Point> points) {
    return new Results(
        Results.FORMAT,
        "2026-11-23T10:15:00Z",
        "0.1.0",
        false,
        5460,
        new Build("0a1b2c3", Map.of("client_java", "1.10.0", "Agrona", "2.6.0")),
        new Machine(
            "Intel(R) Xeon(R) Processor @ 2.50GHz",
            2,
            8L << 30,
            "Linux 6.18",
            "OpenJDK 64-Bit Server VM 17.0.15+6"),
        new Jvm(2L << 30, List.of("G1 Young Generation"), List.of("-Xmx2g")),
        points);
  }

  private void counters() {
    for (final int threads : new int[] {1, 2, 4, 8}) {
      final double load = Math.max(1, threads / 2.0);
      final Map<String, String> map = with("threads", threads);
      for (int i = 0; i < OWN.size(); i++) {
        ns("counter-inc", OWN.get(i), map, 9.3 * OWN_SPEED[i] * load, 0);
        ns("counter-own", OWN.get(i), map, 8.6 * OWN_SPEED[i] * load, 0);
      }
      ns("counter-inc", "client_java", map, 11.8 * load, 0);
      ns("counter-inc", "Micrometer", map, 14.2 * load, 0);
      ns("counter-inc", "Dropwizard", map, 10.9 * load, 0);
      ns("counter-inc", "OpenTelemetry", map, 31 * load * 1.2, 0);
      ns("counter-inc", "Agrona", map, 8.9 * threads * 1.8, 0);
      ns("counter-inc", "LongAdder", map, 10.2 * load, 0);
      ns("counter-inc", "atomic add", map, 8.4 * threads * 1.9, 0);
      ns("counter-inc", "plain add", map, 1.2 * load, 0);
      ns("counter-own", "client_java", map, 11.4 * load, 0);
      ns("counter-inc-double", "narthex mapped", map, 17 * load, 0);
      ns("counter-inc-double", "client_java", map, 19 * load, 0);
      ns("counter-inc-double", "DoubleAdder", map, 18 * load, 0);
    }
    final Map<String, String> pairs = with("threads", 2);
    ns("counter-pairs", "narthex mapped", pairs, 11.6, 0);
    ns("counter-pairs", "LongAdder", pairs, 14.1, 0);
  }

  private void gauges() {
    final Map<String, String> one = with("threads", 1);
    ns("gauge-set", "narthex mapped", one, 9.1, 0);
    ns("gauge-set", "narthex heap", one, 8.6, 0);
    ns("gauge-set", "narthex redis-direct", one, 70_000, 3_400);
    ns("gauge-set", "client_java", one, 9.2, 0);
    ns("gauge-set", "Dropwizard", one, 18.5, 24);
    ns("gauge-inc", "narthex mapped", one, 15.1, 0);
    ns("gauge-inc", "client_java", one, 14.3, 0);
    ns("gauge-inc", "Agrona", one, 9.0, 0);
  }

  private void lookups() {
    for (final String strings : List.of("same", "equal", "fresh")) {
      final double more = strings.equals("same") ? 0 : strings.equals("equal") ? 14 : 62;
      for (final int labels : new int[] {1, 2, 4}) {
        lookup("narthex mapped", labels, 256, strings, 17 + 4 * labels + more, 0);
        lookup("narthex heap", labels, 256, strings, 14 + 4 * labels + more, 0);
        lookup("narthex redis", labels, 256, strings, 28 + 4 * labels + more, 0);
        lookup("client_java", labels, 256, strings, 52 + 13 * labels + more * 1.2, 80);
        lookup("Micrometer", labels, 256, strings, 120 + 60 * labels + more, 200);
        lookup("OpenTelemetry", labels, 256, strings, 90 + 30 * labels + more, 64);
        if (strings.equals("fresh")) {
          lookup("strings alone", labels, 256, strings, 15.5 * labels, 0);
        }
      }
    }
    final Map<String, String> view = with("children", 256);
    view.put("threads", "1");
    ns("view", "narthex mapped", view, 40, 0);
    int step = 0;
    for (final int children : new int[] {100, 1_000, 10_000, 100_000, 1_000_000}) {
      lookup("narthex mapped", 2, children, "same", 22 + 9 * step * step, 0);
      lookup("client_java", 2, children, "same", 71 + 26 * step * step, 80);
      final Map<String, String> map = with("threads", 1);
      map.put("children", Integer.toString(children));
      ns("counter-inc", "narthex mapped", map, 9 + 6 * step, 0);
      ns("counter-inc", "client_java", map, 11 + 14 * step, 0);
      step++;
    }
  }

  private void lookup(
      final String subject,
      final int labels,
      final int children,
      final String strings,
      final double value,
      final double garbage) {
    final Map<String, String> map = with("labels", labels);
    map.put("children", Integer.toString(children));
    map.put("order", "rotating");
    map.put("strings", strings);
    map.put("threads", "1");
    ns("lookup", subject, map, value, garbage);
  }

  private void histograms() {
    for (final int bounds : new int[] {11, 40}) {
      for (final int threads : new int[] {1, 2, 4, 8}) {
        final Map<String, String> map = with("bounds", bounds);
        map.put("threads", Integer.toString(threads));
        final double load = Math.max(1, threads / 2.0) * (1 + bounds / 120.0);
        for (int i = 0; i < 4; i++) {
          ns("histogram-observe", OWN.get(i), map, 23 * load * OWN_SPEED[i], 0);
        }
        ns("histogram-observe", "client_java", map, 46 * load * threads, 0);
        ns("histogram-observe", "Micrometer", map, 81 * load * threads, 0);
        ns("histogram-observe", "OpenTelemetry", map, 64 * load * Math.sqrt(threads), 0);
      }
    }
  }

  private void pages() {
    for (final int series : new int[] {100, 1_000, 10_000, 100_000, 1_000_000}) {
      final Map<String, String> map = with("series", series);
      map.put("encoding", "identity");
      final double size = series / 100_000.0;
      add("scrape", "narthex mapped", map, "ms/op", 9.3 * size, 33_000.0);
      add("scrape", "narthex heap", map, "ms/op", 8.1 * size, 33_000.0);
      add("scrape", "client_java", map, "ms/op", 370 * size * 1.1, 820 * (double) series);
      add("scrape", "Micrometer", map, "ms/op", 410 * size * 1.2, 1_210 * (double) series);
    }
    final Map<String, String> page = with("series", 100_000);
    page.put("encoding", "identity");
    add("page-bytes", "narthex mapped", page, "B", 6_579_062, null);
    add("page-bytes", "client_java", page, "B", 6_579_062, null);
    final Map<String, String> zipped = with("series", 100_000);
    zipped.put("encoding", "gzip");
    add("scrape", "narthex mapped", zipped, "ms/op", 48, 35_000.0);
    add("scrape", "client_java", zipped, "ms/op", 256, 84_000_000.0);
    add("page-bytes", "narthex mapped", zipped, "B", 283_945, null);
    add("page-bytes", "client_java", zipped, "B", 256_937, null);
    for (final int few : new int[] {1_000, 1_000_000}) {
      ns("create", "narthex mapped", with("series", few), 3_100, 666);
      ns("create", "client_java", with("series", few), 1_300, 382);
      add("attach", "narthex mapped", with("series", few), "ms/op", few / 2_000.0, 21.0 * few);
    }
    final Map<String, String> series = with("series", 100_000);
    ns("create", "narthex mapped", series, 2_310, 666);
    ns("create", "narthex heap", series, 790, 402);
    ns("create", "narthex redis", series, 3_900, 900);
    ns("create", "client_java", series, 830, 382);
    ns("create", "Micrometer", series, 1_600, 710);
    add("attach", "narthex mapped", series, "ms/op", 88, 21_200_000.0);
  }

  private void latencies() {
    final String[] percentiles = {"50", "90", "99", "99.9", "99.99", "max"};
    for (final String load : List.of("idle", "scraping", "creating")) {
      double grow = load.equals("idle") ? 1 : load.equals("scraping") ? 1.4 : 1.9;
      for (final String percentile : percentiles) {
        final Map<String, String> map = new LinkedHashMap<>();
        map.put("load", load);
        map.put("percentile", percentile);
        add("latency", "narthex mapped", map, "ns", 38 * grow, null);
        add("latency", "client_java", map, "ns", 44 * Math.pow(grow, 1.15), null);
        grow *= percentile.equals("99.9") ? 22 : 2.6;
      }
    }
    add("scrape-interference", "narthex mapped", new LinkedHashMap<>(), "ratio", 1.08, null);
  }

  private void processes() {
    for (final int processes : new int[] {1, 2, 4}) {
      for (final String child : List.of("one", "own")) {
        final Map<String, String> map = with("processes", processes);
        map.put("child", child);
        final double share = Math.min(2, processes) * (child.equals("own") ? 1 : 0.93);
        add("processes", "narthex mapped", map, "ops/s", 104e6 * share, null);
        add("processes", "narthex chronicle", map, "ops/s", 71e6 * Math.sqrt(share), null);
        add("processes", "narthex redis", map, "ops/s", 58e6 * share, null);
      }
    }
  }

  private void memory() {
    for (final String stripes : List.of("1", "16")) {
      memory("narthex mapped", "counter", stripes, 120, stripes.equals("1") ? 88 : 208);
      memory("narthex mapped", "gauge", stripes, 112, 88);
      memory("narthex mapped", "histogram", stripes, 180, stripes.equals("1") ? 240 : 1_900);
    }
    memory("client_java", "counter", "", 640, 0);
    memory("client_java", "gauge", "", 300, 0);
    memory("client_java", "histogram", "", 1_920, 0);
    memory("Micrometer", "histogram", "", 4_200, 0);
  }

  private void memory(
      final String subject,
      final String kind,
      final String stripes,
      final double heap,
      final double offHeap) {
    Map.of("heap", heap, "off-heap", offHeap, "total", heap + offHeap)
        .forEach(
            (where, bytes) -> {
              final Map<String, String> map = new LinkedHashMap<>();
              map.put("kind", kind);
              map.put("where", where);
              if (!stripes.isEmpty()) {
                map.put("stripes", stripes);
              }
              add("memory", subject, map, "B/series", bytes, null);
            });
  }

  private void withoutFlag() {
    ns("counter-inc", "narthex mapped, no flag", with("threads", 1), 9.8, 0);
    final Map<String, String> scrape = with("series", 100_000);
    scrape.put("encoding", "identity");
    add("scrape", "narthex mapped, no flag", scrape, "ms/op", 20, 34_000.0);
  }

  private void ns(
      final String measure,
      final String subject,
      final Map<String, String> parameters,
      final double value,
      final double garbage) {
    points.add(
        new Point(measure, subject, parameters, "ns/op", value, value * 0.04, garbage + 1e-5));
  }

  private void add(
      final String measure,
      final String subject,
      final Map<String, String> parameters,
      final String unit,
      final double value,
      final Double garbage) {
    points.add(new Point(measure, subject, parameters, unit, value, null, garbage));
  }

  private static Map<String, String> with(final String name, final int value) {
    final Map<String, String> map = new LinkedHashMap<>();
    map.put(name, Integer.toString(value));
    return map;
  }
}
