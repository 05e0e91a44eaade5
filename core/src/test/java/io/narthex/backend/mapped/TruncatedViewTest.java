package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.exposition.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A viewer looks at the length of its file, and so does not depend on a page that is gone. */
final class TruncatedViewTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() {
    file = directory.resolve("view.nx");
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file))) {
      Counter.builder("requests").register(registry).inc(7);
    }
  }

  @Test
  void shouldRefuseToShowAFileThatLacksASingleByte() throws IOException {
    final byte[] whole = Files.readAllBytes(file);
    try (MappedBackend backend = MappedBackend.openReadOnly(file);
        MetricRegistry registry = MetricRegistry.create(backend)) {
      assertThat(page(registry)).contains("requests_total 7.0");
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        // The page stays mapped, so no access fails: its end just reads as zeros.
        channel.truncate(whole.length - 1L);
      }
      assertRefused(() -> page(registry));
      assertRefused(backend::processes);
      Files.write(file, whole);
      assertThat(page(registry)).contains("requests_total 7.0");
    }
  }

  @Test
  void shouldNotTouchWhatIsGone() throws IOException {
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      Files.write(file, new byte[0]);
      assertThatThrownBy(() -> page(registry)).hasNoCause();
    }
  }

  @Test
  void shouldShowAFileToAnInterruptedThread() throws IOException {
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      for (int i = 0; i < 3; i++) {
        Thread.currentThread().interrupt();
        assertThat(page(registry)).contains("requests_total 7.0");
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  @Test
  void shouldShowWhatThereWasWhenItIsClosed() throws IOException {
    final MetricRegistry registry = MetricRegistry.create(MappedBackend.openReadOnly(file));
    registry.close();
    assertThat(page(registry)).contains("requests_total 7.0");
  }

  private void assertRefused(final ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("truncated");
  }

  private static String page(final MetricRegistry registry) throws IOException {
    final ByteArrayOutputStream page = new ByteArrayOutputStream();
    TextFormat.PROMETHEUS.write(registry, page);
    return page.toString(StandardCharsets.UTF_8);
  }
}
