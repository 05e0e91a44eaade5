package io.narthex.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionTest {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir private Path directory;

  @BeforeEach
  void writeScript() throws IOException {
    assumeTrue(Files.isExecutable(BASH), "skipped: there is no " + BASH);
    final Ran ran = Ran.of("generate-completion");
    assertThat(ran.code()).isZero();
    Files.writeString(directory.resolve("completion"), ran.out());
  }

  @Test
  void shouldBeAcceptedByBash() throws Exception {
    assertThat(bash("bash -n completion && source ./completion && complete -p narthex"))
        .contains("-F _complete_narthex_words");
  }

  @Test
  void shouldCompleteCommandsOptionsAndTheirValues() throws Exception {
    assertThat(completed("narthex", "re")).contains("record", "replay").doesNotContain("top");
    assertThat(completed("narthex", "record", "--max")).contains("--max-size");
    assertThat(completed("narthex", "top", "--sort", "")).contains("rate", "value", "name");
  }

  /** As bash takes it apart. */
  @Test
  void shouldCompleteValuesBehindAnEqualsSign() throws Exception {
    assertThat(completed("narthex", "export", "--format", "=", "c")).endsWith("\ncsv\n");
    assertThat(completed("narthex", "export", "--format", "=")).contains("csv", "openmetrics");
    assertThat(completed("narthex", "top", "--every", "=", "2s", "--so")).contains("--sort");
  }

  private String completed(final String... words) throws Exception {
    return bash(
        "source ./completion; COMP_WORDS=('"
            + String.join("' '", words)
            + "'); COMP_CWORD="
            + (words.length - 1)
            + "; COMP_LINE='"
            + String.join(" ", words)
            + "'; COMP_POINT=${#COMP_LINE}; _complete_narthex_words; printf '%s\\n' \"${COMPREPLY[@]}\"");
  }

  private String bash(final String script) throws IOException, InterruptedException {
    final Process process =
        new ProcessBuilder(BASH.toString(), "--norc", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
