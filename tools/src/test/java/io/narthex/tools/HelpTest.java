package io.narthex.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HelpTest {
  static Stream<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream()
        .filter(name -> !name.equals("help"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldSayWhatEachCommandDoesAndHowItEnds(final String command) {
    final Ran ran = Ran.of(command, "--help");
    assertThat(ran.code()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith("Usage: narthex " + command).contains("Exit codes:");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldTellTheVersionToEachCommand(final String command) {
    final Ran ran = Ran.of(command, "--version");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("narthex ");
  }
}
