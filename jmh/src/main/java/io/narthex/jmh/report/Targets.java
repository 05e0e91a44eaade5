package io.narthex.jmh.report;

import static io.narthex.jmh.report.Subjects.CLIENT_JAVA;
import static io.narthex.jmh.report.Subjects.LONG_ADDER;
import static io.narthex.jmh.report.Subjects.MAPPED;
import static io.narthex.jmh.report.Subjects.NO_FLAG;

import io.narthex.jmh.report.Target.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the suite is to show: our mapped file over a peer in the same run. */
final class Targets {
  private static final Map<String, String> BASE = Map.of();
  private static final Map<String, String> TWO_THREADS = Map.of("threads", "2");
  private static final Map<String, String> COUNTER = Map.of("kind", "counter", "where", "total");

  /** Less than this is no byte; a profiler that divides by calls seldom says exactly 0. */
  private static final double NO_BYTE = 0.5;

  private static final double WITHOUT_FLAG = 1.3;

  private final List<Target> targets = new ArrayList<>();

  private Targets() {
    counters();
    lookups();
    histograms();
    pages();
    withoutFlag();
  }

  /** All, in the order of the report. */
  static List<Target> all() {
    return List.copyOf(new Targets().targets);
  }

  private void counters() {
    ratio(
        "counter-1",
        "counter inc, 1 thread, over client_java",
        0.85,
        "counter-inc",
        BASE,
        CLIENT_JAVA);
    ratio(
        "counter-2",
        "counter inc, 2 threads, over client_java",
        0.70,
        "counter-inc",
        TWO_THREADS,
        CLIENT_JAVA);
    ratio(
        "counter-2-adder",
        "counter inc, 2 threads, over LongAdder",
        0.80,
        "counter-inc",
        TWO_THREADS,
        LONG_ADDER);
    ratio(
        "counter-pairs",
        "counter inc, 2 threads drawn from 64, over LongAdder",
        0.80,
        "counter-pairs",
        BASE,
        LONG_ADDER);
  }

  private void lookups() {
    ratio(
        "lookup",
        "look-up of 2 labels among 256 children, and inc, over client_java",
        0.30,
        "lookup",
        BASE,
        CLIENT_JAVA);
    garbage("lookup-garbage", "… its garbage", "lookup", BASE);
    add(
        "lookup-fresh",
        "look-up by fresh strings, less the cost of making them, over client_java",
        0.60,
        Form.RATIO,
        Derived::freshLookup);
    add(
        "lookup-fresh-garbage",
        "… its garbage, less the strings",
        NO_BYTE,
        Form.GARBAGE,
        Derived::freshGarbage);
  }

  private void histograms() {
    ratio(
        "histogram-1",
        "histogram observe, 11 bounds, 1 thread, over client_java",
        0.55,
        "histogram-observe",
        BASE,
        CLIENT_JAVA);
    ratio(
        "histogram-2",
        "histogram observe, 11 bounds, 2 threads, over client_java",
        0.25,
        "histogram-observe",
        TWO_THREADS,
        CLIENT_JAVA);
    garbage("histogram-garbage", "… its garbage", "histogram-observe", BASE);
  }

  private void pages() {
    ratio(
        "scrape",
        "scrape of 100,000 series, all changed, over client_java",
        1.0 / 40,
        "scrape",
        BASE,
        CLIENT_JAVA);
    add(
        "scrape-bytes",
        "… its page’s size, apart from client_java’s",
        1,
        Form.PERCENT,
        Derived::pageDifference);
    add(
        "scrape-garbage",
        "… its garbage per series",
        NO_BYTE,
        Form.GARBAGE,
        f -> Derived.allocated(f, "scrape", MAPPED, BASE, 100_000));
    ratio("create", "create 100,000 series, over client_java", 1, "create", BASE, CLIENT_JAVA);
    ratio(
        "memory",
        "memory of a counter series with 2 labels, heap and off-heap, over client_java",
        0.5,
        "memory",
        COUNTER,
        CLIENT_JAVA);
    add(
        "attach",
        "attach to a file with 100,000 series, and scrape once, in a warm JVM",
        60,
        Form.MILLISECONDS,
        f -> Derived.value(f, "attach", MAPPED, BASE));
    add(
        "interference",
        "p99.99 of a writer, from when calls were due, while another process scrapes, over the same"
            + " beside a busy process",
        1.25,
        Form.RATIO,
        f -> Derived.value(f, "scrape-interference", MAPPED, Map.of("from", "due")));
  }

  private void withoutFlag() {
    withoutFlag("counter-1", "counter inc, 1 thread", "counter-inc", BASE);
    withoutFlag("counter-2", "counter inc, 2 threads", "counter-inc", TWO_THREADS);
    withoutFlag("lookup", "look-up of 2 labels, and inc", "lookup", BASE);
    withoutFlag("histogram-1", "histogram observe, 1 thread", "histogram-observe", BASE);
    withoutFlag("histogram-2", "histogram observe, 2 threads", "histogram-observe", TWO_THREADS);
    withoutFlag("scrape", "scrape of 100,000 series", "scrape", BASE);
    withoutFlag("create", "create 100,000 series", "create", BASE);
    withoutFlag("attach", "attach, and scrape once", "attach", BASE);
  }

  private void withoutFlag(
      final String key, final String text, final String measure, final Map<String, String> wanted) {
    add(
        "no-flag-" + key,
        "without Agrona’s flag, over the same with it: " + text,
        WITHOUT_FLAG,
        Form.RATIO,
        f -> Derived.ratio(f, measure, wanted, NO_FLAG, MAPPED));
  }

  private void ratio(
      final String key,
      final String text,
      final double limit,
      final String measure,
      final Map<String, String> wanted,
      final String peer) {
    add(key, text, limit, Form.RATIO, f -> Derived.ratio(f, measure, wanted, MAPPED, peer));
  }

  private void garbage(
      final String key, final String text, final String measure, final Map<String, String> wanted) {
    add(key, text, NO_BYTE, Form.GARBAGE, f -> Derived.allocated(f, measure, MAPPED, wanted, 1));
  }

  private void add(
      final String key,
      final String text,
      final double limit,
      final Form form,
      final Function<Figures, Optional<Estimate>> figure) {
    targets.add(new Target(key, text, limit, form, figure));
  }
}
