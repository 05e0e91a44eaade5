package io.narthex.exposition;

import static io.narthex.backend.MetricType.COUNTER;
import static io.narthex.backend.MetricType.GAUGE;
import static io.narthex.backend.MetricType.HISTOGRAM;
import static io.narthex.backend.MetricType.INFO;
import static io.narthex.backend.MetricType.STATESET;
import static io.narthex.backend.MetricType.SUMMARY;
import static io.narthex.exposition.FixedFamilies.family;
import static io.narthex.exposition.TextFormat.OPENMETRICS;
import static io.narthex.exposition.TextFormat.PROMETHEUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TextFormatTest {
  private static FixedFamilies oneOfEach() {
    return new FixedFamilies()
        .add(
            family(STATESET, "breaker", "Its state.").states(List.of("open", "closed")),
            FixedSeries.of(2, "name", "mail"))
        .add(family(INFO, "build", "What runs."), FixedSeries.of(1, "version", "1.2"))
        .add(
            family(COUNTER, "http_requests", "Requests served."),
            FixedSeries.of(17, "method", "GET", "status", "200"),
            FixedSeries.of(0.5, "method", "PUT", "status", "500"))
        .add(
            family(HISTOGRAM, "latency_seconds", "How long.").unit("seconds").bounds(0.005, 1),
            FixedSeries.distribution(2.25, new long[] {3, 2, 1}, "path", "/"))
        .add(family(SUMMARY, "size", ""), FixedSeries.distribution(512, new long[] {2}))
        .add(
            family(GAUGE, "temperature_celsius", "How warm.").unit("celsius"),
            FixedSeries.of(-3.5));
  }

  @Test
  void shouldWriteEveryTypeAsText004() {
    assertThat(oneOfEach().page(PROMETHEUS))
        .isEqualTo(
            """
            # HELP breaker Its state.
            # TYPE breaker gauge
            breaker{name="mail",breaker="open"} 0
            breaker{name="mail",breaker="closed"} 1
            # HELP build_info What runs.
            # TYPE build_info gauge
            build_info{version="1.2"} 1
            # HELP http_requests_total Requests served.
            # TYPE http_requests_total counter
            http_requests_total{method="GET",status="200"} 17.0
            http_requests_total{method="PUT",status="500"} 0.5
            # HELP latency_seconds How long.
            # TYPE latency_seconds histogram
            latency_seconds_bucket{path="/",le="0.005"} 3
            latency_seconds_bucket{path="/",le="1.0"} 5
            latency_seconds_bucket{path="/",le="+Inf"} 6
            latency_seconds_count{path="/"} 6
            latency_seconds_sum{path="/"} 2.25
            # TYPE size summary
            size_count 2
            size_sum 512.0
            # HELP temperature_celsius How warm.
            # TYPE temperature_celsius gauge
            temperature_celsius -3.5
            """);
  }

  @Test
  void shouldWriteEveryTypeAsOpenMetrics() {
    assertThat(oneOfEach().page(OPENMETRICS))
        .isEqualTo(
            """
            # TYPE breaker stateset
            # HELP breaker Its state.
            breaker{name="mail",breaker="open"} 0
            breaker{name="mail",breaker="closed"} 1
            # TYPE build info
            # HELP build What runs.
            build_info{version="1.2"} 1
            # TYPE http_requests counter
            # HELP http_requests Requests served.
            http_requests_total{method="GET",status="200"} 17.0
            http_requests_created{method="GET",status="200"} 1520872607.123
            http_requests_total{method="PUT",status="500"} 0.5
            http_requests_created{method="PUT",status="500"} 1520872607.123
            # TYPE latency_seconds histogram
            # UNIT latency_seconds seconds
            # HELP latency_seconds How long.
            latency_seconds_bucket{path="/",le="0.005"} 3
            latency_seconds_bucket{path="/",le="1.0"} 5
            latency_seconds_bucket{path="/",le="+Inf"} 6
            latency_seconds_count{path="/"} 6
            latency_seconds_sum{path="/"} 2.25
            latency_seconds_created{path="/"} 1520872607.123
            # TYPE size summary
            size_count 2
            size_sum 512.0
            size_created 1520872607.123
            # TYPE temperature_celsius gauge
            # UNIT temperature_celsius celsius
            # HELP temperature_celsius How warm.
            temperature_celsius -3.5
            # EOF
            """);
  }

  @Test
  void shouldEscapeWhatEachFormatEscapes() {
    final FixedFamilies families =
        new FixedFamilies()
            .add(family(GAUGE, "g", "a\\b\"c\nd é 🐌"), FixedSeries.of(1, "l", "a\\b\"c\nd é 🐌"));

    assertThat(families.page(PROMETHEUS))
        .isEqualTo(
            """
            # HELP g a\\\\b"c\\nd é 🐌
            # TYPE g gauge
            g{l="a\\\\b\\"c\\nd é 🐌"} 1.0
            """);
    assertThat(families.page(OPENMETRICS))
        .isEqualTo(
            """
            # TYPE g gauge
            # HELP g a\\\\b\\"c\\nd é 🐌
            g{l="a\\\\b\\"c\\nd é 🐌"} 1.0
            # EOF
            """);
  }

  @Test
  void shouldEscapeNamesOfStates() {
    final FixedFamilies families =
        new FixedFamilies()
            .add(family(STATESET, "s", "").states(List.of("a\"\\\n")), FixedSeries.of(0));

    assertThat(families.page(PROMETHEUS)).endsWith("s{s=\"a\\\"\\\\\\n\"} 0\n");
  }

  @Test
  void shouldWriteNoStateAsTrueWhenNoneWasSet() {
    final FixedFamilies families =
        new FixedFamilies()
            .add(family(STATESET, "s", "").states(List.of("a", "b")), FixedSeries.of(0));

    assertThat(families.page(PROMETHEUS)).contains("s{s=\"a\"} 0\n", "s{s=\"b\"} 0\n");
  }

  @Test
  void shouldWriteNoUnitForInfoAndStateSetNorForOneThatIsNoSuffix() {
    final FixedFamilies families =
        new FixedFamilies()
            .add(family(INFO, "a_seconds", "").unit("seconds"), FixedSeries.of(1))
            .add(
                family(STATESET, "b_seconds", "").unit("seconds").states(List.of("x")),
                FixedSeries.of(1))
            .add(family(GAUGE, "c", "").unit("seconds"), FixedSeries.of(1));

    assertThat(families.page(OPENMETRICS)).doesNotContain("UNIT");
  }

  @Test
  void shouldLeaveOutAnUnknownTimeOfCreation() {
    final FixedFamilies families =
        new FixedFamilies().add(family(COUNTER, "c", ""), FixedSeries.of(1).created(0));

    assertThat(families.page(OPENMETRICS)).contains("c_total 1.0\n").doesNotContain("_created");
  }

  @Test
  void shouldLeaveOutFamiliesWithoutSeries() {
    final FixedFamilies families = new FixedFamilies().add(family(COUNTER, "c", "Help."));

    assertThat(families.page(PROMETHEUS)).isEmpty();
    assertThat(families.page(OPENMETRICS)).isEqualTo("# EOF\n");
  }

  @Test
  void shouldLeaveOutSumAndCountOfNegativeBoundsInOpenMetricsOnly() {
    final FixedFamilies families =
        new FixedFamilies()
            .add(
                family(HISTOGRAM, "h", "").bounds(-1, 0),
                FixedSeries.distribution(3, new long[] {1, 0, 1}));

    assertThat(families.page(PROMETHEUS)).contains("h_count 2\n", "h_sum 3.0\n");
    assertThat(families.page(OPENMETRICS))
        .contains("h_bucket{le=\"-1.0\"} 1\n", "h_bucket{le=\"+Inf\"} 2\n", "h_created ")
        .doesNotContain("h_sum", "h_count");
  }

  @Test
  void shouldLeaveOutSumAndCountOfASumThatIsNotGrowingInOpenMetricsOnly() {
    for (final double sum : new double[] {-0.5, Double.NaN, Double.NEGATIVE_INFINITY}) {
      final FixedFamilies families =
          new FixedFamilies()
              .add(
                  family(HISTOGRAM, "h", "").bounds(1),
                  FixedSeries.distribution(sum, new long[] {2, 0}))
              .add(family(SUMMARY, "s", ""), FixedSeries.distribution(sum, new long[] {2}));

      assertThat(families.page(PROMETHEUS)).contains("h_count 2\n", "h_sum ", "s_sum ");
      assertThat(families.page(OPENMETRICS))
          .contains("h_bucket{le=\"+Inf\"} 2\n", "s_count 2\n")
          .doesNotContain("h_sum", "h_count", "s_sum");
    }
  }

  @Test
  void shouldWriteWhateverAGaugeWasSetTo() {
    final FixedFamilies families =
        new FixedFamilies()
            .add(
                family(GAUGE, "g", ""),
                FixedSeries.of(Double.NaN, "l", "1"),
                FixedSeries.of(Double.POSITIVE_INFINITY, "l", "2"),
                FixedSeries.of(Double.NEGATIVE_INFINITY, "l", "3"),
                FixedSeries.of(1e300, "l", "4"),
                FixedSeries.of(0.1 + 0.2, "l", "5"));

    assertThat(families.page(PROMETHEUS))
        .endsWith(
            """
            g{l="1"} NaN
            g{l="2"} +Inf
            g{l="3"} -Inf
            g{l="4"} 1e+300
            g{l="5"} 0.30000000000000004
            """);
  }

  @Test
  void shouldWriteOnlyWhatIsAskedForByName() throws IOException {
    assertThat(filtered("http_requests_total"))
        .containsOnlyOnce("# TYPE")
        .contains("http_requests");
    assertThat(filtered("http_requests")).contains("http_requests_total{");
    assertThat(filtered("latency_seconds_bucket")).contains("latency_seconds_sum");
    assertThat(filtered("build_info", "size")).contains("build_info", "size_sum");
    assertThat(filtered("latency")).isEqualTo("# EOF\n");
    assertThat(filtered()).isEqualTo("# EOF\n");
  }

  private static String filtered(final String... names) throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    OPENMETRICS.write(oneOfEach().registry(), out, Set.of(names));
    return out.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void shouldWritePagesAndPiecesLargerThanItsBuffer(final TextFormat format) {
    final String label = "é".repeat(70_000);
    final String help = "h".repeat(100_000);
    final FixedSeries[] series = new FixedSeries[3_000];
    for (int i = 0; i < series.length; i++) {
      series[i] = FixedSeries.of(i, "l", "x".repeat(i % 100), "i", "" + i);
    }
    final String page =
        new FixedFamilies()
            .add(family(GAUGE, "a", help), FixedSeries.of(1, "l", label))
            .add(family(GAUGE, "b", ""), series)
            .page(format);

    assertThat(page).contains("# HELP a " + help + '\n', "a{l=\"" + label + "\"} 1.0\n");
    for (int i = 0; i < series.length; i++) {
      assertThat(page)
          .contains("\nb{l=\"" + "x".repeat(i % 100) + "\",i=\"" + i + "\"} " + i + ".0\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldFlushTheStreamAndNotCloseIt(final TextFormat format) throws IOException {
    final AtomicInteger flushed = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    format.write(
        oneOfEach().registry(),
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            flushed.incrementAndGet();
          }

          @Override
          public void close() {
            closed.incrementAndGet();
          }
        });

    assertThat(flushed).hasPositiveValue();
    assertThat(closed).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void shouldThrowWhatTheStreamThrows(final TextFormat format) {
    final IOException full = new IOException("disk full");
    final OutputStream broken =
        new OutputStream() {
          @Override
          public void write(final int b) throws IOException {
            throw full;
          }
        };

    assertThatThrownBy(() -> format.write(oneOfEach().registry(), broken)).isSameAs(full);
  }
}
