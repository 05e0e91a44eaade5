package io.narthex.tools.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.StateSet;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.tools.MainProcess;
import io.narthex.tools.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code narthex top} where there is no terminal. */
@Timeout(120)
final class PlainTopTest {
  @TempDir private Path directory;

  private Path file;
  private MetricRegistry registry;
  private Counter requests;

  @BeforeEach
  void count() {
    file = directory.resolve("t.nx");
    registry = MetricRegistry.create(MappedBackend.open(file));
    requests = Counter.builder("requests_total").labelNames("path").register(registry);
    requests.labelValues("/a").inc(1234);
    requests.labelValues("/b").inc(7);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void shouldWriteOneTableOfPlainLines() {
    StateSet.builder("breaker").states("open", "closed").register(registry).set("closed");
    final Histogram latency = Histogram.builder("latency_seconds").register(registry);
    latency.observe(0.02);

    final Ran ran = Ran.of("top", file, "--once", "--every", "50ms", "--sort", "name");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out().chars()).noneMatch(c -> c == 033);
    assertThat(ran.out().lines())
        .anyMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d  \\d+ series of \\d+ metrics, 1 .*"))
        .anyMatch(line -> line.matches(" +0 +1,234 +- +-  ?requests_total\\{path=\"/a\"}"))
        .anyMatch(line -> line.matches(" +- +closed +- +-  ?breaker"))
        .anyMatch(line -> line.matches(" +0 +1 +- +-  ?latency_seconds"));
  }

  @Test
  void shouldTellRateAndQuantilesOfWhatCameMeanwhile() throws Exception {
    final Histogram latency =
        Histogram.builder("latency_seconds").buckets(0.1, 0.2, 0.4).register(registry);
    latency.observe(0.05);
    try (MainProcess top =
        MainProcess.start("top", file.toString(), "--count", "30", "--every", "100ms")) {
      while (top.isAlive()) {
        requests.labelValues("/a").inc();
        latency.observe(0.3);
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertThat(top.exitCode()).as(top.err()).isZero();
      assertThat(top.out().lines().filter(line -> line.contains("RATE/S"))).hasSize(30);
      // All that came while it ran is in the third bucket, from 0.2 to 0.4.
      assertThat(top.out().lines())
          .anyMatch(line -> line.matches(" +[1-9][0-9.,]* .*requests_total\\{path=\"/a\"}"))
          .anyMatch(line -> line.matches(" +[1-9][0-9.,]* .* 300.0 ms +398.0 ms +latency_seconds"));
    }
  }

  @Test
  void shouldWriteALineOfJsonForEachReading() {
    Histogram.builder("latency_seconds").buckets(0.1, 0.2).register(registry).observe(0.15);

    final Ran ran = Ran.of("top", file, "--json", "--count", "2", "--every", "50ms");

    assertThat(ran.code()).as(ran.err()).isZero();
    final List<JsonObject> readings =
        ran.out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(readings).hasSize(2);
    for (final JsonObject reading : readings) {
      assertThat(reading.get("taken_ms").getAsLong()).isPositive();
      assertThat(reading.getAsJsonArray("series").asList())
          .contains(
              JsonParser.parseString(
                  "{'metric':'requests_total','labels':{'path':'/a'},'value':1234,'rate':0}"),
              JsonParser.parseString(
                  "{'metric':'latency_seconds','labels':{},'value':1,'rate':0}"));
    }
    assertThat(Ran.of("top", file, "--json", "--once", "--every", "50ms", "--rows", "1").out())
        .containsOnlyOnce("metric");
  }

  @Test
  void shouldShowOnlyWhatIsWanted() {
    final Ran filtered = Ran.of("top", file, "--once", "--every", "50ms", "--filter", "PATH=\"/B");
    assertThat(filtered.out()).contains("/b").doesNotContain("/a").doesNotContain("narthex_");

    final Ran few = Ran.of("top", file, "--once", "--every", "50ms", "--rows", "2");
    assertThat(few.out()).containsPattern("and \\d+ more; --rows 0 shows all");
  }

  @Test
  void shouldEndWhenNobodyReads() throws Exception {
    final ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "\"$@\" | head -n 1", "sh");
    builder.command().addAll(MainProcess.commandLine());
    builder.command().addAll(List.of("top", file.toString(), "--every", "50ms"));
    final Path err = directory.resolve("err");
    final Process process = builder.redirectError(err.toFile()).start();
    final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(out.lines()).hasSize(1);
    assertThat(Files.readString(err)).doesNotContain("\tat ");
  }

  @Test
  void shouldSayInALineWhatIsWrongWithTheFile() throws IOException {
    assertFails(directory.resolve("missing.nx"), "does not exist");
    assertFails(directory, "is a directory");
    final Path text = directory.resolve("text");
    Files.writeString(text, "hello");
    assertFails(text, text.toString());
  }

  private static void assertFails(final Path path, final String reason) {
    final Ran ran = Ran.of("top", path, "--once");
    assertThat(ran.code()).isOne();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("narthex: ").contains(reason);
    assertThat(ran.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "top",
        "top x --every 0s",
        "top x --every never",
        "top x --count 0",
        "top x --once --count 2",
        "top x --rows -1",
        "top x --sort size"
      })
  void shouldRefuseAWrongCommandLine(final String line) {
    final Ran ran = Ran.of((Object[]) line.split(" ", -1));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("narthex: ");
    assertThat(ran.err().lines()).hasSize(2);
  }
}
