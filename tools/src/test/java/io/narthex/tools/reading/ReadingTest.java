package io.narthex.tools.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.mapped.MappedBackend;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadingTest {
  private static final String HOSTILE = "a\"b\\c\nd,e=\"f\"} é";

  @TempDir private Path directory;

  @Test
  void shouldKeepWhatWasShown() {
    try (MetricRegistry registry = MetricRegistry.create(HeapBackend.create())) {
      final Counter requests = requests(registry);
      final Histogram latency =
          Histogram.builder("latency_seconds").buckets(0.1, 1).register(registry);
      latency.observe(0.05);
      latency.observe(2);
      requests.labelValues("POST", "200").inc(2.5);
      requests.labelValues("GET", HOSTILE).inc();

      final Reading reading = Reading.of(registry);
      requests.labelValues("POST", "200").inc();

      final ReadingFamily family = reading.family("requests_total");
      assertThat(family.name()).isEqualTo("requests");
      assertThat(family.shownName()).isEqualTo("requests_total");
      assertThat(family.series()).hasSize(2);
      assertThat(family.series().get(0).labels())
          .containsExactly(Map.entry("method", "GET"), Map.entry("status", HOSTILE));
      assertThat(reading.find("requests", "method=\"POST\",status=\"200\"").value()).isEqualTo(2.5);
      assertThat(reading.find("requests", "method=\"PUT\",status=\"200\"")).isNull();
      assertThat(reading.find("nothing", "")).isNull();
      final ReadingSeries observed = reading.find("latency_seconds", "");
      assertThat(observed.count()).isEqualTo(2);
      assertThat(observed.sum()).isEqualTo(2.05);
      assertThat(new long[] {observed.bucket(0), observed.bucket(1), observed.bucket(2)})
          .containsExactly(1, 0, 1);
    }
  }

  @Test
  void shouldBeWrittenAsJson() throws IOException {
    try (MetricRegistry registry = MetricRegistry.create(HeapBackend.create())) {
      requests(registry).labelValues("GET", HOSTILE).inc(3);
      Gauge.builder("limit").help("A limit.").register(registry).set(Double.POSITIVE_INFINITY);
      Histogram.builder("latency_seconds").buckets(0.1, 1).register(registry).observe(0.5);

      final Reading reading = Reading.of(registry);
      final StringWriter out = new StringWriter();
      ReadingJson.write(reading, out);

      final JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
      assertThat(json.get("taken_ms").getAsLong()).isEqualTo(reading.takenMillis());
      final JsonObject requests = family(json, "requests");
      assertThat(requests.get("type").getAsString()).isEqualTo("counter");
      final JsonObject series = requests.getAsJsonArray("series").get(0).getAsJsonObject();
      assertThat(series.getAsJsonObject("labels").get("status").getAsString()).isEqualTo(HOSTILE);
      assertThat(series.get("value").toString()).isEqualTo("3");
      assertThat(family(json, "limit").get("series").toString()).contains("\"value\":\"+Inf\"");
      assertThat(family(json, "latency_seconds").toString())
          .contains("\"bounds\":[0.1,1]")
          .contains("\"count\":1,\"sum\":0.5,\"buckets\":[0,1,0]");
    }
  }

  @Test
  void shouldReadFile() {
    final Path file = directory.resolve("orders.nx");
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file))) {
      requests(registry).labelValues("GET", "200").inc(7);
      assertThat(NarthexFile.read(file).family("requests"))
          .extracting(family -> family.series().get(0).value())
          .isEqualTo(7.0);
      assertThatThrownBy(() -> NarthexFile.open(directory.resolve("orders.nx.lock")))
          .isInstanceOf(NarthexException.class)
          .hasMessageContaining("lock file")
          .hasMessageEndingWith("orders.nx");
    }
  }

  @Test
  void shouldSayInALineWhyFileCannotBeRead() throws IOException, InterruptedException {
    final Path empty = Files.createFile(directory.resolve("empty"));
    final Path text = Files.writeString(directory.resolve("text"), "# HELP a b\n".repeat(10_000));
    final Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    refused(directory.resolve("missing"), "does not exist");
    refused(directory, "is a directory");
    refused(empty, "is empty");
    refused(text, "is no Narthex file");
    refused(pipe, "is a pipe, socket or device");
    refused(text.resolve("below"), "is a file and no directory");
  }

  private static void refused(final Path path, final String why) {
    assertThatThrownBy(() -> NarthexFile.read(path))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining(path.getFileName().toString())
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  private static Counter requests(final MetricRegistry registry) {
    return Counter.builder("requests_total").labelNames("method", "status").register(registry);
  }

  private static JsonObject family(final JsonObject reading, final String name) {
    for (final var family : reading.getAsJsonArray("families")) {
      if (family.getAsJsonObject().get("name").getAsString().equals(name)) {
        return family.getAsJsonObject();
      }
    }
    throw new AssertionError("no family " + name + " in " + reading);
  }
}
