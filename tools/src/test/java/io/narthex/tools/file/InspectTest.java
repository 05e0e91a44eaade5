package io.narthex.tools.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.narthex.GaugeMode;
import io.narthex.MetricRegistry;
import io.narthex.tools.reading.NarthexFile;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import io.narthex.tools.text.Expression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectTest {
  private final Commands commands = new Commands();

  @TempDir private Path directory;

  @Test
  void shouldShowWhatIsInFile() throws IOException {
    final Path file = directory.resolve("orders.nx");
    try (WriterProcess dead = WriterProcess.start(file, "all", 0)) {
      dead.kill();
      try (WriterProcess alive = WriterProcess.start(file, "parts", 1)) {
        assertThat(commands.run("inspect", file.toString())).isZero();
        assertThat(commands.out())
            .startsWith(file + "\n")
            .containsPattern("size +512\\.0 KiB of at most 64\\.0 MiB")
            .containsPattern("stripes +4, window of 64 index words")
            .containsPattern("processes +1 alive, of 2 so far")
            .containsPattern("0 +" + alive.pid() + " +2 +alive")
            .containsPattern(
                "\\d+ +\\d+ +\\d+\\.?\\d* Ki?B +\\d+\\.?\\d* Ki?B +counter +requests_total")
            .contains("counter    gone_total (retired)")
            .contains("look-ups in the index: 1.");
      }
      assertThat(commands.run("inspect", "--json", file.toString())).isZero();
      final JsonObject json = JsonParser.parseString(commands.out()).getAsJsonObject();
      assertThat(json.get("processes_alive").getAsInt()).isZero();
      assertThat(
              json.getAsJsonArray("processes").get(0).getAsJsonObject().get("state").getAsString())
          .isEqualTo("dead");
      final Reading reading = NarthexFile.read(file);
      long shown = 0;
      for (final ReadingFamily family : reading.families()) {
        // Each process is a series there; the gauges that are measured stand in no file.
        final boolean stored =
            !family.name().startsWith("narthex_") || family.name().endsWith("label_sets");
        shown += stored ? family.series().size() : 0;
      }
      assertThat(json.get("series_shown").getAsLong()).isEqualTo(shown);
      assertThat(json.get("bad_records").getAsLong()).isZero();
    }
  }

  /** The engine and this reader were written apart: they have to read the same. */
  @Test
  void shouldReadWhatTheEngineReads() throws IOException {
    final Path file = directory.resolve("orders.nx");
    try (WriterProcess first = WriterProcess.start(file, "all", 0)) {
      first.kill();
    }
    try (WriterProcess second = WriterProcess.start(file, "parts", 3);
        WriterProcess third = WriterProcess.start(file, "parts", -4)) {
      assertThat(second.pid()).isNotEqualTo(third.pid());
      final Map<String, String> engine = new TreeMap<>();
      for (final ReadingFamily family : NarthexFile.read(file).families()) {
        final GaugeMode mode = family.descriptor().gaugeMode();
        if (!family.name().startsWith("narthex_")
            && mode != GaugeMode.ALL
            && mode != GaugeMode.LIVE_ALL) {
          for (final ReadingSeries series : family.series()) {
            engine.put(family.shownName() + '{' + series.labelText() + '}', text(series));
          }
        }
      }
      assertThat(own(file)).isEqualTo(engine).hasSizeGreaterThan(50);
    }
  }

  private static String text(final ReadingSeries series) {
    final List<Object> parts = new ArrayList<>();
    parts.add(series.createdMillis());
    for (int i = 0; i < series.bucketCount(); i++) {
      parts.add(series.bucket(i));
    }
    parts.add(series.isDistribution() ? series.sum() : series.value());
    return parts.toString();
  }

  private static Map<String, String> own(final Path file) {
    final Map<String, String> own = new TreeMap<>();
    try (FileImage image = FileImage.open(file)) {
      final SeriesList list = new SeriesList(Overview.of(image));
      for (final SeriesList.Line line : list.find(new Expression("^(?!narthex_)"))) {
        final FamilyRecord family = line.series().family();
        final GaugeMode mode = ValueReader.mode(family);
        if (!list.state(line).equals("shown")
            || mode == GaugeMode.ALL
            || mode == GaugeMode.LIVE_ALL) {
          continue;
        }
        final List<Object> parts = new ArrayList<>();
        if (line.parts() != null) {
          parts.add(line.series().createdMillis());
          parts.add(Double.longBitsToDouble(line.parts().combined(mode)));
        } else {
          parts.add(line.numbers().createdMillis());
          final boolean distribution = SeriesList.isDistribution(line.series());
          for (int i = 0; distribution && i < line.numbers().wholes().length; i++) {
            parts.add(line.numbers().wholes()[i]);
          }
          parts.add(distribution ? line.numbers().number() : line.numbers().value());
        }
        own.put(family.shownName() + '{' + line.series().labelText() + '}', parts.toString());
      }
    }
    return own;
  }

  @Test
  void shouldListSeriesWithoutLettingThemControlTheTerminal() throws IOException {
    final Path file = directory.resolve("orders.nx");
    try (MetricRegistry registry = Sample.registry(file)) {
      Sample.write(registry);

      assertThat(commands.run("inspect", file.toString(), "--series", "requests.*n[13]\""))
          .isZero();
      assertThat(commands.out().lines()).hasSize(4);
      assertThat(commands.out())
          .containsPattern("shown +\\S+ \\S+ +2\\.1  requests_total\\{zone=\"a\",l=\"n1\"}")
          .containsPattern("hidden +\\S+ \\S+ +-  requests_total\\{zone=\"a\",l=\"n3\"}")
          .contains("  2 series");

      // What stands behind --series is the file, if there is no other.
      assertThat(commands.run("inspect", "--series", file.toString())).isZero();
      assertThat(commands.out()).doesNotContain("\u001b").contains("\\u001b[31m");
      assertThat(commands.run("inspect", "--series=breaker", "--json", file.toString())).isZero();
      final JsonElement first = JsonParser.parseString(commands.out()).getAsJsonArray().get(0);
      assertThat(first.getAsJsonObject().get("value").getAsDouble()).isEqualTo(2);
    }
  }

  @Test
  void shouldDrawWhatIsAtAnyOffset() throws IOException {
    final Path file = directory.resolve("orders.nx");
    try (MetricRegistry registry = Sample.registry(file)) {
      Sample.write(registry);
      final long[] places = new long[4];
      try (FileImage image = FileImage.open(file)) {
        for (final SeriesList.Line line :
            new SeriesList(Overview.of(image)).find(new Expression("requests.*\"n[35]\""))) {
          places[0] = line.series().offset();
          places[1] = line.series().cellsAt();
          places[2] = image.getLong(line.series().baselineAt()) & ~1L;
          places[3] = line.series().family().offset();
        }
      }
      assertThat(raw(file, places[0]))
          .startsWith("series record at " + places[0])
          .containsPattern(" 40 .* first cell at +" + places[1])
          .contains("right")
          .contains("zone=\"a\",l=\"n5\"");
      assertThat(raw(file, places[0] + 97)).startsWith("series record at " + places[0]);
      assertThat(raw(file, places[1]))
          .contains("cell of series requests_total{zone=\"a\",l=\"n5\"}");
      assertThat(raw(file, places[2] + 8))
          .startsWith("baseline at " + places[2] + ", of series requests_total")
          .contains("whole amounts");
      assertThat(raw(file, places[3]))
          .contains("counter")
          .contains("Requests \"served\".\\u000aAll.");
      assertThat(raw(file, 0)).contains("magic").contains("little-endian");
      assertThat(raw(file, 4_096)).contains("alive");
      assertThat(raw(file, 36_864)).contains("index").contains("right");
      assertThat(commands.run("inspect", file.toString(), "--raw", "0x10000")).isZero();
      assertThat(commands.out()).startsWith("word 0 of segment 0 (index)");
      assertThat(commands.run("inspect", file.toString(), "--raw", "99999999")).isOne();
      assertThat(commands.err()).contains("ends at").hasLineCount(1);
      assertThat(commands.run("inspect", file.toString(), "--raw", "x")).isEqualTo(2);

      put(file, places[0] + 100, 77);
      assertThat(raw(file, places[0])).contains("WRONG: it should be 0x");
    }
  }

  private String raw(final Path file, final long offset) {
    assertThat(commands.run("inspect", file.toString(), "--raw", Long.toString(offset)))
        .as(commands.err())
        .isZero();
    return commands.out();
  }

  private static void put(final Path file, final long at, final int value) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) value}), at);
    }
  }

  @Test
  void shouldRefuseWrongCommandLines() throws IOException {
    final Path file = directory.resolve("orders.nx");
    Sample.registry(file).close();
    assertThat(commands.run("inspect")).isEqualTo(2);
    assertThat(commands.run("inspect", file.toString(), "--series", "[")).isEqualTo(2);
    assertThat(commands.run("inspect", file.toString(), "--series", "--raw", "1")).isEqualTo(2);
    assertThat(commands.run("inspect", file.toString(), "--top", "-1")).isEqualTo(2);
    assertThat(commands.err().lines()).hasSize(2);
  }
}
