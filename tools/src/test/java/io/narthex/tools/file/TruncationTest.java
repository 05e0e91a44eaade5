package io.narthex.tools.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.NarthexException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a file that lacks its last byte no access fails: its end reads as zeros. */
final class TruncationTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("orders.nx");
    // In another process: one that counted into a file uses it for as long as it lives.
    try (WriterProcess writer = WriterProcess.start(file, "all", 0)) {
      writer.kill();
    }
  }

  @Test
  void shouldMakeNoCopyOfAFileThatIsTruncatedMeanwhile() throws IOException {
    final Path copy = directory.resolve("copy.nx");
    final String[] before = directory.toFile().list();
    try (FileImage image = FileImage.open(file)) {
      truncate();
      assertRefused(() -> Compactor.compact(image, copy, false));
    }
    assertThat(directory.toFile().list()).as("nothing half made").containsExactlyInAnyOrder(before);
  }

  @Test
  void shouldNotCallAFileWholeThatIsTruncatedMeanwhile() throws IOException {
    try (FileImage image = FileImage.open(file)) {
      truncate();
      assertRefused(
          () -> Truncation.guard(image, () -> Verifier.verify(image, new FindingList(1))));
    }
  }

  @Test
  void shouldNotCallAFileDamagedThatIsTruncatedMeanwhile() throws IOException {
    try (FileImage image = FileImage.open(file)) {
      truncate();
      assertRefused(
          () ->
              Truncation.guard(
                  image,
                  () -> {
                    throw new NarthexException("a record is damaged");
                  }));
    }
  }

  private void assertRefused(final Supplier<Object> reading) {
    assertThatThrownBy(reading::get)
        .isInstanceOf(NarthexException.class)
        .hasMessage(
            file + " was truncated by another program while it was read; restore or delete it");
  }

  private void truncate() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) - 1);
    }
  }
}
