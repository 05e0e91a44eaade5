package io.narthex.tools.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.tools.MainProcess;
import io.narthex.tools.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code narthex compact}, ended by a signal while it writes a file that takes long. */
@Timeout(120)
final class CompactSignalTest {
  private static final int SERIES = 400_000;

  @TempDir private Path directory;

  /** A service that leaves a large file. */
  static final class Service {
    private Service() {}

    public static void main(final String[] args) {
      try (MetricRegistry registry =
          MetricRegistry.create(MappedBackend.builder(Path.of(args[0])).stripes(1).open())) {
        final Counter counter = Counter.builder("visits").labelNames("page").register(registry);
        for (int i = 0; i < SERIES; i++) {
          counter.labelValues(Integer.toString(i)).inc();
        }
      }
    }
  }

  @Test
  void shouldLeaveNothingBehind() throws Exception {
    final Path file = directory.resolve("orders.nx");
    try (ChildProcess service = ChildProcess.java(Service.class, file.toString())) {
      assertThat(service.exitCode()).as(service.lines().toString()).isZero();
    }
    final List<String> before = names();
    try (MainProcess compact =
        MainProcess.start(
            "compact", file.toString(), "-o", directory.resolve("new.nx").toString())) {
      while (names().equals(before)) {
        assertThat(compact.isAlive()).isTrue();
        Thread.sleep(1);
      }
      compact.signal("TERM");
      assertThat(compact.exitCode()).isEqualTo(143);
      assertThat(compact.out()).isEmpty();
      assertThat(compact.err()).isEmpty();
    }
    assertThat(names()).isEqualTo(before);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
