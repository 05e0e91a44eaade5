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
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a file that another program truncates, where no access to it fails. */
final class TruncatedFileTest {
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
    try (MappedBackend backend = MappedBackend.openReadOnly(file);
        MetricRegistry registry = MetricRegistry.create(backend)) {
      final Counter requests = Counter.builder("requests").register(registry);
      assertThat(requests.value()).isEqualTo(7);
      assertThat(page(registry)).contains("requests_total 7.0");
      // The page of memory stays mapped, so no access fails: its end just reads as zeros.
      truncate(Files.size(file) - 1);
      assertRefused(() -> page(registry));
      assertRefused(backend::processes);
      assertRefused(requests::value);
      assertRefused(() -> Counter.builder("others").register(registry));
    }
  }

  @Test
  void shouldShowAFileAnewThatIsWholeAgain() throws Exception {
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      final byte[] before = Files.readAllBytes(file);
      try (MetricRegistry writer = MetricRegistry.create(MappedBackend.open(file))) {
        Counter.builder("others").register(writer).inc(3);
      }
      final byte[] after = Files.readAllBytes(file);
      Files.write(file, before);
      assertThat(page(registry)).contains("requests_total 7.0").doesNotContain("others");
      truncate(0);
      assertRefused(() -> page(registry));
      Files.write(file, after);
      assertThat(awaitPage(registry)).contains("requests_total 7.0", "others_total 3.0");
    }
  }

  @Test
  void shouldNotTouchWhatIsGone() throws IOException {
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      truncate(0);
      assertRefused(() -> page(registry)).hasNoCause();
    }
  }

  @Test
  void shouldNotGrowWhatWasTruncated() throws IOException {
    try (MetricRegistry writer = MetricRegistry.create(MappedBackend.open(file))) {
      final Counter many = Counter.builder("many").labelNames("n").register(writer);
      final long length = Files.size(file) - 1;
      truncate(length);
      for (int n = 0; n < 100_000; n++) {
        many.labelValues("n" + n).inc();
      }
      // What would be behind the hole would look like a whole file of zeros.
      assertThat(Files.size(file)).isEqualTo(length);
      assertThat(many.labelValues("__overflow__").value()).isPositive();
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

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      final ThrowingCallable reading) {
    return assertThatThrownBy(reading)
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("truncated");
  }

  private void truncate(final long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  /** A viewer looks once a second whether there is another file. */
  private static String awaitPage(final MetricRegistry registry) throws Exception {
    for (int attempt = 0; true; attempt++) {
      try {
        return page(registry);
      } catch (final NarthexException e) {
        if (attempt == 100) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  private static String page(final MetricRegistry registry) throws IOException {
    final ByteArrayOutputStream page = new ByteArrayOutputStream();
    TextFormat.PROMETHEUS.write(registry, page);
    return page.toString(StandardCharsets.UTF_8);
  }
}
