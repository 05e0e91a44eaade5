package io.narthex.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "demo --workers 0",
        "demo --workers 65",
        "demo --workers many",
        "demo --seconds 0",
        "demo --seconds -1",
        "demo --port 65536",
        "demo --port -1",
        "demo extra"
      })
  void shouldRefuseAWrongCommandLine(final String line) {
    assertThat(run(line)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(2);
    assertThat(err.toString()).startsWith("narthex: ").contains("--help");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "help nonsense"})
  void shouldSayThatCommandIsUnknown(final String line) {
    assertThat(run(line)).isEqualTo(2);
    assertThat(err.toString()).containsIgnoringCase("unknown").contains("command 'nonsense'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "help",
        "demo --help",
        "help demo",
        "inspect --help",
        "verify --help",
        "export --help",
        "diff --help",
        "compact --help"
      })
  void shouldHelp(final String line) {
    assertThat(run(line)).isZero();
    assertThat(out.toString()).startsWith("Usage: narthex").contains("Exit codes:");
  }

  @Test
  void shouldSayWhereTheBenchmarksAre() {
    assertThat(run("bench --quick")).isOne();
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "narthex: bench is not in this jar: run ./narthex bench in the source tree");
  }

  @Test
  void shouldSayWhereTheStressTestsAre() {
    assertThat(run("stress --hours 1")).isOne();
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "narthex: stress is not in this jar: run ./narthex stress in the source tree");
  }

  @Test
  void shouldSayInALineThatALocaleHasNotTheLettersOfAPath() throws Exception {
    final List<String> command = new ArrayList<>(MainProcess.commandLine());
    command.addAll(List.of("verify", "é.nx"));
    final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    final Process process = builder.start();
    final String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(told).contains("narthex: ", ".nx").doesNotContain("Exception");
    assertThat(told.lines()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void shouldTellItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("narthex ");
  }

  private int run(final String line) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(line.isEmpty() ? new String[0] : line.split(" ", -1));
  }
}
