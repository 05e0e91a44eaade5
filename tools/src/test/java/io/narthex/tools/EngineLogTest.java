package io.narthex.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class EngineLogTest {
  @TempDir private Path directory;

  @Test
  void shouldTellInALineWhatTheEngineWarnsOf() throws Exception {
    final Path file = directory.resolve("t.nx");
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file))) {
      final Counter counter = Counter.builder("visits").labelNames("page").register(registry);
      counter.labelValues("/damaged").inc();
      counter.labelValues("/whole").inc();
    }
    final byte[] bytes = Files.readAllBytes(file);
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("/damaged")] ^= 1;
    Files.write(file, bytes);

    try (MainProcess export = MainProcess.start("export", file.toString())) {
      assertThat(export.exitCode()).isZero();
      assertThat(export.out()).contains("/whole").doesNotContain("damaged\"");
      assertThat(export.err())
          .startsWith("narthex: " + file + " is damaged: the record at ")
          .hasLineCount(1);
    }
  }
}
