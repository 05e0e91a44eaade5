package io.narthex.stress.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherFactory;

final class StressCommandTest {
  private static final Duration GUARD = Duration.ofMinutes(2);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldNameOnlyTestsThatThereAre() {
    final LongForms forms = new LongForms(1);
    assertThat(TestClasses.of(LauncherFactory.create(), forms).stream().map(TestClasses::simple))
        .containsAll(forms.tests());
  }

  @Test
  void shouldRunAClassAndWriteASummary() throws IOException {
    final Path results = stage.path("results");
    final ChildJvm command =
        stage.start(StressCommand.class, "--only", "FileVerifierTest", "-o", results);
    assertThat(command.awaitExit(GUARD)).as(command.output()).isZero();
    assertThat(command.output())
        .contains("[1/1] FileVerifierTest", "all green, no test skipped", results + "/summary.md");
    assertThat(Files.readString(results.resolve("summary.md")))
        .contains("1 of 1 classes done, 0 not green, no test skipped")
        .containsPattern("\\| FileVerifierTest \\| [1-9] \\| green \\|");
  }

  @Test
  void shouldSayWhatWasSkippedAndWhy() throws IOException {
    final Path results = stage.path("results");
    // There is no unshare, no compiler and no Python on such a path.
    final ChildJvm command =
        stage.start(
            Stage.jvm(StressCommand.class, "--only", "ClockTest|FileVerifierTest", "-o", results)
                .behind("env", "PATH=" + stage.directory()));
    assertThat(command.awaitExit(GUARD)).as(command.output()).isOne();
    assertThat(command.output())
        .contains("1 of 2 classes are not green, ", " tests skipped")
        .containsPattern("  ClockTest, should\\w+\\(.*\\): .*skipped: no clock can be moved here");
    assertThat(Files.readString(results.resolve("summary.md")))
        .containsPattern("2 of 2 classes done, 1 not green, \\d tests skipped")
        .contains("| ClockTest | 0 | ran no test |");
  }

  @Test
  void shouldSayThatASummaryCannotBeWritten() throws IOException {
    final Path results = stage.path("results");
    final Path summary = Files.createDirectories(results.resolve("summary.md"));
    final ChildJvm command =
        stage.start(StressCommand.class, "--only", "FileVerifierTest", "-o", results);
    assertThat(command.awaitExit(GUARD)).as(command.output()).isOne();
    assertThat(command.output())
        .contains("narthex: cannot write: " + summary)
        .doesNotContain("\tat ");
  }

  @Test
  void shouldSayInOneLineWhatIsWrongWithTheCommandLine() {
    refused("--only nothing-is-called-so", "No class has 'nothing-is-called-so' in its name");
    refused("--hours 0", "--hours 0.0 is not more than 0");
    refused("--hours soon", "Invalid value for option '--hours'");
  }

  private void refused(final String line, final String reason) {
    final ChildJvm command = stage.start(StressCommand.class, (Object[]) line.split(" "));
    assertThat(command.awaitExit(GUARD)).as(command.output()).isEqualTo(2);
    assertThat(command.output()).contains("narthex: " + reason).doesNotContain("\tat ");
  }
}
