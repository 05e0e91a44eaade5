package io.narthex.tools.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.StateSet;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.tools.Main;
import io.narthex.tools.reading.NarthexFile;
import io.narthex.tools.reading.ReadingJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiffTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void shouldTellWhatChangedBetweenTwoCopies() throws IOException {
    final Path file = directory.resolve("orders.nx");
    final Path copy = directory.resolve("before.nx");
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file))) {
      final Counter counter = Counter.builder("requests_total").labelNames("l").register(registry);
      final Gauge depth = Gauge.builder("depth").register(registry);
      final Histogram latency = Histogram.builder("latency_seconds").register(registry);
      final StateSet breaker = StateSet.builder("breaker").states("on", "off").register(registry);
      counter.labelValues("same").inc(1);
      counter.labelValues("more").inc(10);
      counter.labelValues("gone").inc(7);
      counter.labelValues("again").inc(100);
      Counter.builder("old_total").register(registry).inc();
      depth.set(5);
      latency.observe(0.25);
      breaker.set("on");
      Files.copy(file, copy);

      assertThat(run("diff", file.toString(), copy.toString())).isZero();
      // One is the counter of overflowed label sets, which stands in the file.
      assertThat(out.toString()).isEqualTo("no difference in 9 series\n");

      counter.labelValues("more").inc(5);
      counter.remove("gone");
      counter.labelValues("new").inc(3);
      counter.remove("again");
      counter.labelValues("again").inc(2);
      registry.unregister("old_total");
      depth.set(3);
      latency.observe(0.5);
      breaker.set("off");

      assertThat(run("diff", copy.toString(), file.toString())).isOne();
      assertThat(out.toString())
          .contains("- counter old\n")
          .containsPattern("~  requests_total\\{l=\"more\"} +10 +15 +\\+5")
          .containsPattern("~  requests_total\\{l=\"again\"} +100 +2 +\\+2  reset")
          .containsPattern("-  requests_total\\{l=\"gone\"} +7")
          .containsPattern("\\+  requests_total\\{l=\"new\"} +3")
          .containsPattern("~  depth +5 +3 +-2")
          .containsPattern("~  latency_seconds +1, sum 0.25 +2, sum 0.75 +\\+1, sum \\+0.5")
          .containsPattern("~  breaker +on +off")
          .endsWith("4 changed, 1 reset, 1 added, 2 removed, 2 the same\n");

      assertThat(run("diff", "--json", copy.toString(), file.toString())).isOne();
      final JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
      final Map<String, String> changes = new TreeMap<>();
      for (final JsonElement one : json.getAsJsonArray("series")) {
        final JsonObject series = one.getAsJsonObject();
        changes.put(
            series.get("metric").getAsString() + series.get("labels"),
            series.get("change").getAsString());
      }
      assertThat(changes)
          .containsEntry("requests{\"l\":\"again\"}", "reset")
          .containsEntry("requests{\"l\":\"more\"}", "changed")
          .containsEntry("old{}", "removed");
      assertThat(json.get("same").getAsInt()).isEqualTo(2);

      // A snapshot may be an export too.
      final Path export = directory.resolve("after.json");
      try (Writer writer = Files.newBufferedWriter(export)) {
        ReadingJson.write(NarthexFile.read(file), writer);
      }
      assertThat(run("diff", "--own", export.toString(), file.toString())).isZero();
      assertThat(run("diff", copy.toString(), export.toString())).isOne();
    }
  }

  @Test
  void shouldEndWithTwoWhenThereIsTrouble() throws IOException {
    final Path file = directory.resolve("orders.nx");
    MetricRegistry.create(MappedBackend.open(file)).close();
    final Path json = Files.writeString(directory.resolve("wrong.json"), "{\"families\": 3}");

    assertThat(run("diff", file.toString(), directory.resolve("missing").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("does not exist").hasLineCount(1);
    assertThat(run("diff", json.toString(), file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is no snapshot").hasLineCount(1);
    assertThat(run("diff", file.toString())).isEqualTo(2);
  }

  private int run(final String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
