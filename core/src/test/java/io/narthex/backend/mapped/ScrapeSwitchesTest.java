package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.exposition.TextFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrapeSwitchesTest {
  private static final String SWITCHES = "voluntary_ctxt_switches:";
  private static final int PAGES = 1_000;

  @TempDir private Path directory;

  /** Who scrapes in a loop would otherwise take the core from somebody at every page. */
  @Test
  void shouldWaitForNoOtherThreadWhenNothingShownDependsOnWhoIsAlive() throws IOException {
    try (MetricRegistry registry =
        MetricRegistry.create(MappedBackend.open(directory.resolve("switches.nx")))) {
      Counter.builder("requests").register(registry).inc();
      write(registry);
      final long before = switches();
      for (int page = 0; page < PAGES; page++) {
        write(registry);
      }
      assertThat(switches() - before).isLessThan(PAGES / 10);
    }
  }

  private static void write(final MetricRegistry registry) throws IOException {
    TextFormat.PROMETHEUS.write(registry, OutputStream.nullOutputStream());
  }

  /** How often this thread gave its core away of its own accord. */
  private static long switches() throws IOException {
    return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
        .filter(line -> line.startsWith(SWITCHES))
        .mapToLong(line -> Long.parseLong(line.substring(SWITCHES.length()).trim()))
        .sum();
  }
}
