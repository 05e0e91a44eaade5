package io.narthex.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PrivateDirectoryTest {
  private static final int TERMINATED = 128 + 15;

  @Test
  void shouldDeleteAllThatIsInItWhenClosed() throws IOException {
    final Path parent;
    try (PrivateDirectory directory = new PrivateDirectory()) {
      parent = directory.file().getParent();
      Files.createFile(directory.file());
      assertThat(parent).isNotEmptyDirectory();
    }
    assertThat(parent).doesNotExist();
  }

  @Test
  void shouldLeaveNothingWhenJvmIsTerminated() throws Exception {
    final Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader(Charset.defaultCharset())) {
      final Path file = Path.of(lines.readLine());
      assertThat(file).exists();
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(TERMINATED);
      assertThat(file.getParent()).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Has one open until it is ended. */
  static final class Holder {
    private Holder() {}

    public static void main(final String... args) throws IOException, InterruptedException {
      try (PrivateDirectory directory = new PrivateDirectory()) {
        System.out.println(Files.createFile(directory.file()));
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }
}
