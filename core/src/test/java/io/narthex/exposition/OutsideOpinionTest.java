package io.narthex.exposition;

import static io.narthex.backend.MetricType.COUNTER;
import static io.narthex.backend.MetricType.GAUGE;
import static io.narthex.backend.MetricType.HISTOGRAM;
import static io.narthex.backend.MetricType.INFO;
import static io.narthex.backend.MetricType.STATESET;
import static io.narthex.backend.MetricType.SUMMARY;
import static io.narthex.exposition.FixedFamilies.family;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether those who read these formats for a living can read ours, however odd the content. */
final class OutsideOpinionTest {
  private static final String ODD = " \t\r\n\"\\'{}=,#\u0000\u0001 é ß 中 🐌 \\n \\\\ \"\" \u2028";

  /** Prints one line per sample: name, sorted labels and value. */
  private static final String PARSE =
      """
      import io, sys
      from prometheus_client.openmetrics.parser import text_fd_to_metric_families
      page = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='\\n')
      for family in text_fd_to_metric_families(page):
          print('family', family.name, family.type, repr(family.documentation), family.unit)
          for sample in family.samples:
              print(sample.name, sorted(sample.labels.items()), float(sample.value))
      """;

  @Test
  void shouldPleasePromtool() {
    final Tool.Result verdict = promtool(oddContent());

    assertThat(verdict.output()).isEmpty();
    assertThat(verdict.exitCode()).isZero();
  }

  @Test
  void shouldPleasePromtoolWithOddNamesButForItsTaste() {
    final Tool.Result verdict = promtool(oddNames());

    // 3 stands for a page that can be read, with names that are not to promtool's taste.
    assertThat(verdict.exitCode()).as(verdict.output()).isIn(0, 3);
  }

  @Test
  void shouldPleaseTheStrictParser() {
    final Tool.Result verdict = strictParser(oddContent());

    assertThat(verdict.exitCode()).as(verdict.output()).isZero();
    assertThat(verdict.output())
        .contains(
            "family odd_help gauge '" + python("Odd:" + ODD) + "' ",
            "odd_label [('a', '" + python(ODD) + "'), ('b', '')] 1.0",
            "odd_value [('n', '5e-324')] 5e-324",
            "odd_value [('n', '1.7976931348623157E308')] 1.7976931348623157e+308",
            "odd_bounds_bucket [('le', '1e-05')] 1.0",
            "odd_bounds_bucket [('le', '1e+06')] 15.0",
            "odd_bounds_bucket [('le', '+Inf')] 28.0",
            "odd_bounds_count [] 28.0",
            "odd_state [('odd_state', 'on'), ('zone', 'a')] 1.0",
            "family odd_wait_seconds summary 'Waits.' seconds",
            "family odd_build info 'A build.' ");
  }

  @Test
  void shouldPleaseTheStrictParserWithOddNames() {
    final Tool.Result verdict = strictParser(oddNames());

    assertThat(verdict.exitCode()).as(verdict.output()).isZero();
  }

  @Test
  void shouldPleaseTheStrictParserWithAnEmptyPage() {
    final Tool.Result verdict = strictParser(new FixedFamilies());

    assertThat(verdict.exitCode()).as(verdict.output()).isZero();
  }

  private static Tool.Result promtool(final FixedFamilies families) {
    return Tool.installed("prometheus", "/usr/bin/promtool", "check", "metrics")
        .run(families.page(TextFormat.PROMETHEUS));
  }

  private static Tool.Result strictParser(final FixedFamilies families) {
    // Not just any python3: a path may lead to one that Debian's packages are not in.
    final Tool python = Tool.installed("python3", "/usr/bin/python3", "-c", PARSE);
    final String probe = "import prometheus_client.openmetrics.parser";
    if (Tool.installed("python3", "/usr/bin/python3", "-c", probe).run("").exitCode() != 0) {
      Tool.skip("prometheus_client is not installed; Debian has it as python3-prometheus-client");
    }
    return python.run(families.page(TextFormat.OPENMETRICS));
  }

  private static FixedFamilies oddContent() {
    final double[] values = {
      0,
      -0.0,
      1e-5,
      0.1,
      1e6,
      1e15,
      0x1p53,
      1e17,
      1e21,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    final FixedSeries[] oddValues = new FixedSeries[values.length];
    for (int i = 0; i < values.length; i++) {
      final String name = values[i] == Double.MIN_VALUE ? "5e-324" : "" + values[i];
      oddValues[i] = FixedSeries.of(values[i], "n", name);
    }
    return new FixedFamilies()
        .add(
            family(HISTOGRAM, "odd_bounds", "Odd.").bounds(1e-5, 0.005, 1, 123456, 1e6, 1e21),
            FixedSeries.distribution(1e22, new long[] {1, 2, 3, 4, 5, 6, 7}))
        .add(family(INFO, "odd_build", "A build."), FixedSeries.of(1, "version", ODD))
        .add(
            family(COUNTER, "odd_counts", "Counts."),
            FixedSeries.of(0.1, "a", ""),
            FixedSeries.of(1e300, "a", "a"),
            FixedSeries.of(3, "a", "b").created(0))
        .add(family(GAUGE, "odd_help", "Odd:" + ODD), FixedSeries.of(1))
        .add(
            family(GAUGE, "odd_label", "Odd."),
            FixedSeries.of(1, "a", ODD, "b", ""),
            FixedSeries.of(2, "a", "", "b", ODD))
        .add(
            family(HISTOGRAM, "odd_negatives", "Odd.").bounds(-1e6, -0.5, 0),
            FixedSeries.distribution(-5, new long[] {1, 2, 3, 4}, "path", "/"),
            FixedSeries.distribution(5, new long[] {0, 0, 0, 0}, "path", "//"))
        .add(
            family(STATESET, "odd_state", "States.").states(List.of("on", "off", ODD)),
            FixedSeries.of(1, "zone", "a"),
            FixedSeries.of(3, "zone", "b"),
            FixedSeries.of(0, "zone", "c"))
        .add(
            family(HISTOGRAM, "odd_sum", "Odd.").bounds(1),
            FixedSeries.distribution(-1, new long[] {4, 0}))
        .add(family(GAUGE, "odd_value", "Odd."), oddValues)
        .add(
            family(SUMMARY, "odd_wait_seconds", "Waits.").unit("seconds"),
            FixedSeries.distribution(2.5, new long[] {9}, "a", "1"),
            FixedSeries.distribution(-2.5, new long[] {9}, "a", "2"));
  }

  private static FixedFamilies oddNames() {
    return new FixedFamilies()
        .add(family(GAUGE, ":", ""), FixedSeries.of(1))
        .add(family(GAUGE, "CamelCase", ""), FixedSeries.of(1, "CamelCase", "1", "_", "2"))
        .add(family(COUNTER, "_", ""), FixedSeries.of(1))
        .add(family(COUNTER, "a:b:c", ""), FixedSeries.of(1))
        .add(family(INFO, "x_total", ""), FixedSeries.of(1))
        .add(
            family(HISTOGRAM, "y_gauge_1", "").bounds(0),
            FixedSeries.distribution(0, new long[] {0, 0}))
        .add(family(STATESET, "z9", "").states(List.of("")), FixedSeries.of(1));
  }

  /** As Python's repr prints it between single quotes. */
  private static String python(final String text) {
    return text.replace("\\", "\\\\")
        .replace("'", "\\'")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t")
        .replace("\u0000", "\\x00")
        .replace("\u0001", "\\x01")
        .replace("\u2028", "\\u2028");
  }
}
