package io.narthex.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.jmh.results.Point;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the charts show of the figures. */
final class ChartsTest {
  @Test
  void shouldBearAnyMissingMeasure() {
    final List<Point> all = Sample.full().points();
    final Set<String> measures = all.stream().map(Point::measure).collect(Collectors.toSet());
    for (final String missing : measures) {
      final List<Point> rest =
          all.stream().filter(point -> !point.measure().equals(missing)).toList();
      assertThat(new Charts(new Figures(Sample.of(rest))).all()).hasSize(15);
    }
  }

  @Test
  void shouldBearAnyMissingSubject() {
    final List<Point> all = Sample.full().points();
    final Set<String> subjects = all.stream().map(Point::subject).collect(Collectors.toSet());
    for (final String missing : subjects) {
      final List<Point> rest =
          all.stream().filter(point -> !point.subject().equals(missing)).toList();
      assertThat(new Charts(new Figures(Sample.of(rest))).all()).hasSize(15);
    }
  }

  @Test
  void shouldKeepToTheTableWhatIsFarAbove() {
    final Chart chart = chart("counter-own", Sample.full().points());
    assertThat(chart.plot().legend())
        .contains("narthex redis", "client_java")
        .doesNotContain("narthex redis-direct");
    assertThat(chart.plot().note()).endsWith("only in the table: narthex redis-direct.");
    assertThat(chart.grids().get(0).rows())
        .anyMatch(row -> row.get(0).equals("narthex redis-direct"));
  }

  @Test
  void shouldNotShowLoneMarkAsGrowth() {
    final Chart chart =
        chart(
            "growth",
            List.of(
                scrape("narthex mapped", "100", 1),
                scrape("narthex mapped", "1000", 10),
                scrape("client_java", "1000", 40)));
    assertThat(chart.plot().panels()).hasSize(1);
    assertThat(chart.plot().legend()).containsExactly("narthex mapped");
  }

  @Test
  void shouldShowOneBarForEachSubjectThatStandsBesideThePeers() {
    final Chart chart = chart("gauge", Sample.full().points());
    assertThat(chart.plot().panels().get(0).y().categories())
        .containsExactly("narthex mapped", "narthex heap", "client_java", "Dropwizard", "Agrona");
    assertThat(chart.grids()).extracting(Grid::title).containsExactly("gauge-set", "gauge-inc");
  }

  @Test
  void shouldShowPanelForEachNumberOfSeries() {
    assertThat(chart("create", Sample.full().points()).plot().panels())
        .extracting(Plot.Panel::title)
        .containsExactly("1,000 series", "100,000 series", "1,000,000 series");
  }

  @Test
  void shouldShowPagesAsTheyAreAndCompressed() {
    final List<Grid> grids = chart("scrape", Sample.full().points()).grids();
    assertThat(grids).extracting(Grid::title).containsExactly("scrape", "page-bytes");
    assertThat(grids.get(1).header())
        .containsExactly("subject", "encoding gzip", "encoding identity");
  }

  @Test
  void shouldKeepGarbageOfEachMeasureApart() {
    final List<Grid> grids = chart("view", Sample.full().points()).grids();
    assertThat(grids).extracting(Grid::title).containsExactly("figures", "garbage");
    assertThat(grids.get(1).header()).containsExactly("subject", "lookup, B/op", "view, B/op");
    assertThat(grids.get(1).rows().get(0)).containsExactly("narthex mapped", "0", "0");
  }

  @Test
  void shouldHaveNoColumnOfGarbageWhereNoneWasMeasured() {
    assertThat(chart("latency", Sample.full().points()).grids().get(0).header())
        .noneMatch(name -> name.contains("garbage"));
    assertThat(chart("counter-own", Sample.full().points()).grids().get(0).header())
        .endsWith("garbage, B/op");
  }

  @Test
  void shouldPutOursFirstAndPercentilesInOrder() {
    final Chart chart = chart("latency", Sample.full().points());
    assertThat(chart.plot().legend()).containsExactly("narthex mapped", "client_java");
    assertThat(chart.plot().panels().get(0).x().categories())
        .containsExactly("50", "90", "99", "99.9", "99.99", "max");
  }

  @Test
  void shouldSayOnWhichSideOfOursPeersAre() {
    final List<Point> points =
        List.of(
            Point.of("create", "narthex mapped", Map.of(), "ns/op", 2000),
            Point.of("create", "client_java", Map.of(), "ns/op", 1000),
            Point.of("create", "Micrometer", Map.of(), "ns/op", 2001),
            Point.of("create", "OpenTelemetry", Map.of(), "ns/op", 8000));
    assertThat(chart("ratios", points).plot().panels().get(0).series().get(0).data())
        .extracting(Plot.Datum::label)
        .containsExactly("2.00× faster, 1.00 µs", "the same, 2.00 µs", "4.00× slower, 8.00 µs");
  }

  private static Point scrape(final String subject, final String series, final double value) {
    return Point.of("scrape", subject, Map.of("series", series), "ms/op", value);
  }

  private static Chart chart(final String id, final List<Point> points) {
    return new Charts(new Figures(Sample.of(points)))
        .all().stream().filter(chart -> chart.id().equals(id)).findFirst().orElseThrow();
  }
}
