package io.narthex.jmh.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of results. */
final class ResultsTest {
  @TempDir private Path directory;

  @Test
  void shouldReadWhatWasWritten() throws IOException {
    final Results written =
        new Results(
            Results.FORMAT,
            "2026-11-23T10:15:00Z",
            "0.1.0",
            false,
            60,
            Build.here(),
            Machine.here(),
            Jvm.here(),
            List.of(new Point("lookup", "client_java", Map.of(), "ns/op", 30, 0.5, 80.0)));
    final Path file = directory.resolve("results.json");
    written.write(file);
    assertThat(Results.read(file)).isEqualTo(written);
  }

  @Test
  void shouldReadFileThatSaysNeitherBuildNorJvm() throws IOException {
    final Path file = directory.resolve("results.json");
    Files.writeString(
        file,
        """
        {"format": "narthex-bench/1", "date": "2026-11-23T10:15:00Z", "version": "0.1.0",
         "quick": false, "seconds": 60, "machine": {"cpu": "Xeon", "cores": 2, "memoryBytes": 1,
         "os": "Linux", "jdk": "17"}, "points": []}
        """);
    final Results read = Results.read(file);
    assertThat(read.build()).isEqualTo(new Build("", Map.of()));
    assertThat(read.jvm()).isEqualTo(new Jvm(0, List.of(), List.of()));
  }
}
