package io.narthex.jmh.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.Backend;
import io.narthex.backend.Backends;
import io.narthex.backend.Seen;
import io.narthex.exposition.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seam is open: a backend of others is loaded by its name, and metrics count into it. */
final class ChronicleBackendTest {
  private static final String NAME = "io.narthex.jmh.chronicle.ChronicleBackend";

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("metrics.bytes");
  }

  @Test
  void shouldBeLoadedByItsNameAndExported() throws IOException {
    final Backend backend = Backends.load(NAME, Map.of("path", file().toString()));
    try (MetricRegistry registry = MetricRegistry.create(backend)) {
      Counter.builder("jobs").labelNames("queue").register(registry).labelValues("mail").inc(3);
      final ByteArrayOutputStream page = new ByteArrayOutputStream();
      TextFormat.PROMETHEUS.write(registry, page);

      assertThat(backend).isInstanceOf(ChronicleBackend.class);
      assertThat(page.toString(StandardCharsets.UTF_8))
          .contains("jobs_total{queue=\"mail\"} 3.0\n");
    }
    assertThat(Files.size(file())).isEqualTo(16 << 20);
  }

  @Test
  void shouldCountIntoOverflowSeriesWhereFileIsFull() {
    final Map<String, Object> options = Map.of("path", file(), "size", "4k");
    try (MetricRegistry registry =
        MetricRegistry.create(Backends.load(ChronicleBackend.class, options))) {
      final Counter jobs = Counter.builder("jobs").labelNames("n").register(registry);
      for (int i = 0; i < 1000; i++) {
        jobs.labelValues("v" + i).inc();
      }
      final Seen seen = Seen.of(registry::visit);

      assertThat(seen.value("jobs", "n=\"v0\"")).isEqualTo(1);
      assertThat(seen.value("jobs", "n=\"__overflow__\"")).isEqualTo(1000 - 255);
      assertThatThrownBy(() -> Gauge.builder("depth").labelNames("n").register(registry))
          .isInstanceOf(NarthexException.class)
          .hasMessageContaining("full");
    }
  }

  @Test
  void shouldRefuseFileThatExistsAndOptionsThatAreWrong() throws IOException {
    assertThatThrownBy(() -> Backends.load(NAME, Map.of()))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("ChronicleBackend needs the option \"path\"");
    assertThatThrownBy(() -> Backends.load(NAME, Map.of("path", file(), "size", 1)))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("\"size\" of ChronicleBackend is 1; expected at least 4096");
    Files.createFile(file());
    assertThatThrownBy(() -> Backends.load(NAME, Map.of("path", file())))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("FileAlreadyExists");
  }
}
