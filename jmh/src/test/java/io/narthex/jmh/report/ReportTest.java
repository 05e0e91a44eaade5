package io.narthex.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.jmh.results.Build;
import io.narthex.jmh.results.Jvm;
import io.narthex.jmh.results.Machine;
import io.narthex.jmh.results.Point;
import io.narthex.jmh.results.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, as text. */
final class ReportTest {
  private static final Pattern LOADS =
      Pattern.compile("(src|href)\\s*=\\s*(?!\"#)|<script|<link|<iframe|@import|url\\((?!#)");

  @TempDir private static Path directory;
  private static String full;

  @BeforeAll
  static void writeOnce() throws IOException {
    full = page(Sample.full());
  }

  @Test
  void shouldLoadNothing() {
    assertThat(LOADS.matcher(full).results().map(found -> found.group())).isEmpty();
  }

  @Test
  void shouldShowAllTargets() {
    assertThat(Targets.all()).hasSize(26);
    for (final Target target : Targets.all()) {
      assertThat(full).contains("<td>" + Html.escape(target.text()));
    }
    assertThat(full).contains("≤ 1/40", ">met</span>", ">missed</span>", ">not measured</span>");
  }

  @Test
  void shouldDrawAllCharts() {
    final List<Chart> charts = new Charts(new Figures(Sample.full())).all();
    assertThat(charts).hasSize(15);
    for (final Chart chart : charts) {
      assertThat(full).contains("<section id=\"" + chart.id() + "\">");
      assertThat(full).contains(">" + chart.title() + "</text>");
    }
    assertThat(full.split("<svg ", -1)).hasSize(charts.size() + 1);
    assertThat(full).doesNotContain(Report.NOT_MEASURED);
  }

  @Test
  void shouldNotRepeatIds() {
    assertThat(Pattern.compile(" id=\"[^\"]*\"").matcher(full).results().map(id -> id.group()))
        .hasSizeGreaterThan(10)
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldSayWhereTheRunTookPlace() {
    assertThat(full)
        .contains(
            "2026-11-23 10:15 UTC", "Xeon", "2 cores", "8.00 GiB", "run at full pace, of 91 min");
  }

  @Test
  void shouldSayWhatWasMeasuredAndInWhichJvm() {
    assertThat(full)
        .contains(
            "<dt>Commit</dt>\n<dd>0a1b2c3</dd>",
            "Agrona 2.6.0, client_java 1.10.0",
            "at most 2.00 GiB",
            "G1 Young Generation",
            "-Xmx2g");
  }

  @Test
  void shouldBearResultsThatDoNotSayWhatWasMeasured() throws IOException {
    final Results said = Sample.of(List.of());
    assertThat(
            page(
                new Results(
                    said.format(),
                    said.date(),
                    said.version(),
                    said.quick(),
                    said.seconds(),
                    null,
                    said.machine(),
                    null,
                    List.of())))
        .contains(
            "<dt>Commit</dt>\n<dd>not known</dd>",
            "<dt>Libraries</dt>\n<dd>not known</dd>",
            "<dt>JVM flags</dt>\n<dd>not known</dd>");
  }

  @Test
  void shouldSayWhatErrorsAre() {
    assertThat(full).contains("± is half the 99.9 % interval", " of them within the error");
  }

  @Test
  void shouldSayWhatWasNotMeasured() throws IOException {
    final String empty = page(Sample.of(List.of()));
    // The charts, and the list of all figures.
    assertThat(empty.split(Pattern.quote(Report.NOT_MEASURED), -1)).hasSize(17);
    assertThat(empty).contains("0 met, 0 missed, 26 not measured").doesNotContain("<svg");
  }

  @Test
  void shouldDrawRunWithGaps() throws IOException {
    final List<Point> all = Sample.full().points();
    final List<Point> some = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 3) {
      some.add(all.get(i));
    }
    assertThat(page(Sample.of(some))).contains("<svg", "</html>");
  }

  @Test
  void shouldEscapeHostileTexts() throws IOException {
    final String hostile = "<script>alert('1')</script>&\"{b|x}";
    final List<Point> points = new ArrayList<>();
    for (final String threads : List.of("1", hostile)) {
      points.add(point("counter-inc", hostile, Map.of("threads", threads)));
    }
    points.add(point(hostile, hostile, Map.of(hostile, hostile)));
    points.add(
        point("memory", hostile, Map.of("kind", "counter", "where", "heap", "stripes", hostile)));
    final Results results =
        new Results(
            Results.FORMAT,
            hostile,
            hostile,
            true,
            1,
            new Build(hostile, Map.of(hostile, hostile)),
            new Machine(hostile, 1, 0, hostile, hostile),
            new Jvm(1, List.of(hostile), List.of(hostile)),
            points);
    assertThat(page(results))
        .doesNotContain("<script")
        .contains("&lt;script&gt;", "<svg", "run at quick pace, of 1 s");
  }

  @Test
  void shouldHaveRoomForReasonOfEachTarget() {
    assertThat(Targets.all()).allMatch(target -> Reasons.has(target.key()));
  }

  private static Point point(
      final String measure, final String subject, final Map<String, String> parameters) {
    return Point.of(measure, subject, parameters, "ns/op", 10);
  }

  private static String page(final Results results) throws IOException {
    final Path file = directory.resolve("report.html");
    Report.write(results, file);
    return Files.readString(file);
  }
}
