package io.narthex.tools.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailuresTest {
  private static final String PATH = "/metrics/orders.nx";

  @Test
  void shouldSayWhatTheSystemSaid() {
    assertThat(Failures.reason(new FileSystemException(PATH, null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(Failures.reason(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
  }

  @Test
  void shouldSayWhatStandsInNoMessage() {
    assertThat(Failures.reason(new AccessDeniedException(PATH))).startsWith("no permission");
    assertThat(Failures.reason(new NoSuchFileException(PATH)))
        .isEqualTo("no such file or directory");
    assertThat(Failures.reason(new NotDirectoryException(PATH))).isEqualTo("it is no directory");
    assertThat(Failures.reason(new DirectoryNotEmptyException(PATH)))
        .isEqualTo("DirectoryNotEmptyException");
    assertThat(Failures.reason(new ClosedChannelException())).isEqualTo("ClosedChannelException");
    assertThat(Failures.reason(new IOException(""))).isEqualTo("IOException");
  }

  @Test
  void shouldKnowWhatTheSystemThrows(@TempDir final Path directory) {
    final Path missing = directory.resolve("missing");
    try {
      Files.size(missing);
    } catch (final IOException e) {
      assertThat(Failures.reason(e)).isEqualTo("no such file or directory");
      return;
    }
    throw new AssertionError("it has a size");
  }
}
