package io.narthex.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.jmh.results.Point;
import io.narthex.jmh.results.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in Markdown files. */
final class TablesTest {
  private static final String BOTH =
      """
      # Numbers

      <!-- bench:numbers -->
      old
      <!-- /bench:numbers -->

      Between.

      <!-- bench:targets --><!-- /bench:targets -->
      After.
      """;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("README.md");
  }

  @Test
  void shouldReplaceWhatStandsBetweenMarkers() throws IOException {
    final String text = write(BOTH, Sample.full(), "numbers", "targets");
    assertThat(text)
        .startsWith(
            "# Numbers\n\n<!-- bench:numbers -->\n|  | Narthex, mapped | client_java 1.10.0 |")
        .contains(
            "\n\nBetween.\n\n", "| 25.0 ns | 78.0 ns | 0.321 ± 0.018 | 0 B / 80 B |", "| ≤ 1/40 |")
        .endsWith("<!-- /bench:targets -->\nAfter.\n")
        .doesNotContain("old");
  }

  @Test
  void shouldSayWhenAndWhere() throws IOException {
    assertThat(write(BOTH, Sample.full(), "numbers"))
        .contains("Measured on 2026-11-23 by a run at full pace", "17.0.15+6", "Xeon", "2 cores");
  }

  @Test
  void shouldSayWhatWasMeasured() throws IOException {
    assertThat(write(BOTH, Sample.full(), "numbers"))
        .contains("Narthex 0.1.0 (0a1b2c3)", "with a heap of at most 2.00 GiB");
    final String markers = "<!-- bench:machine -->\n<!-- /bench:machine -->\n";
    assertThat(write(markers, Sample.full(), "machine"))
        .contains("| JVM flags | -Xmx2g |", "| Libraries | Agrona 2.6.0, client_java 1.10.0 |")
        .doesNotContain("Measured on");
  }

  @Test
  void shouldSayThatVerdictIsWithinTheError() throws IOException {
    final Map<String, String> one = Map.of("threads", "1");
    final List<Point> points =
        List.of(
            new Point("counter-inc", "narthex mapped", one, "ns/op", 9, 0.9, null),
            new Point("counter-inc", "client_java", one, "ns/op", 10, 1.0, null));
    final String markers = "<!-- bench:targets -->\n<!-- /bench:targets -->\n";
    assertThat(write(markers, Sample.of(points), "targets"))
        .contains("| 0.900 ± 0.13 | missed, within the error: An increment is one atomic add");
  }

  @Test
  void shouldChangeNothingTheSecondTime() throws IOException {
    final String first = write(BOTH, Sample.full(), "numbers", "targets");
    assertThat(write(first, Sample.full(), "numbers", "targets")).isEqualTo(first);
  }

  @Test
  void shouldKnowTableOfEachChart() throws IOException {
    for (final Chart chart : new Charts(new Figures(Sample.full())).all()) {
      final String markers =
          "<!-- bench:" + chart.id() + " -->\n<!-- /bench:" + chart.id() + " -->\n";
      assertThat(write(markers, Sample.full(), chart.id()))
          .contains("| --- |", "Measured on")
          .doesNotContain(Report.NOT_MEASURED);
    }
  }

  @Test
  void shouldNameFileAndMissingMarker() throws IOException {
    final String text = "<!-- bench:numbers -->\n<!-- /bench:numbers -->\n";
    assertThatThrownBy(() -> write(text, Sample.full(), "numbers", "growth"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("<!-- bench:growth -->");
    assertThat(file).hasContent(text);
  }

  @Test
  void shouldNameMissingEnd() {
    assertThatThrownBy(() -> write("<!-- bench:numbers -->\n", Sample.full(), "numbers"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("<!-- /bench:numbers -->");
  }

  @Test
  void shouldNameTablesThatThereAre() {
    assertThatThrownBy(() -> write(BOTH, Sample.full(), "nubmers"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nubmers")
        .hasMessageContaining("numbers, targets, machine, ratios");
  }

  @Test
  void shouldSayWhatWasNotMeasured() throws IOException {
    final Results empty = Sample.of(List.of());
    assertThat(write(BOTH, empty, "numbers", "targets"))
        .contains("<!-- bench:numbers -->\nNot measured in this run.\n\nMeasured on");
  }

  @Test
  void shouldKeepHostileTextInItsCell() throws IOException {
    final List<Point> points = new ArrayList<>();
    points.add(Point.of("counter-own", "a | b <!-- x", Map.of("threads", "1"), "ns/op", 1));
    final String markers = "<!-- bench:counter-own -->\n<!-- /bench:counter-own -->";
    assertThat(write(markers, Sample.of(points), "counter-own"))
        .contains("| a \\| b &lt;!-- x | 1.00 |\n");
  }

  private String write(final String text, final Results results, final String... names)
      throws IOException {
    Files.writeString(file, text);
    Tables.write(results, file, List.of(names));
    return Files.readString(file);
  }
}
