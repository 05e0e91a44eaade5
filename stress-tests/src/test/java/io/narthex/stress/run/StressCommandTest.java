package io.narthex.stress.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherFactory;

final class StressCommandTest {
  private static final Duration GUARD = Duration.ofMinutes(2);

  private static final Pattern READ =
      Pattern.compile("\\.get(?:Property|Integer|Long|Boolean)\\(\\s*\"(narthex\\.[\\w.]+)\"");

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldNameOnlyTestsThatThereAre() {
    final List<String> classes = TestClasses.of(LauncherFactory.create());
    assertThat(classes.stream().map(TestClasses::simple))
        .containsAll(new LongForms(1, classes).tests());
  }

  @Test
  void shouldTakeTheHoursThatAreAskedFor() {
    final List<String> classes = TestClasses.of(LauncherFactory.create());
    final LongForms forms = new LongForms(9, classes);
    assertThat(classes.stream().map(TestClasses::simple).mapToDouble(forms::seconds).sum())
        .isCloseTo(9 * 3600, offset(60.0));
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
        .containsPattern("  ClockTest, should\\w+\\(.*\\): .*no clock can be moved here");
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
        .doesNotContain("\tat ", "[1/1]");
  }

  /** One that is in neither would stay short in a long run, and nobody would notice. */
  @Test
  void shouldSetEveryPropertyThatMakesATestLong() throws IOException {
    final Set<String> known = new TreeSet<>(LongForms.CHOICES);
    known.addAll(new LongForms(1, List.of()).properties());
    assertThat(propertiesThatTestsRead()).isEqualTo(known);
  }

  private static Set<String> propertiesThatTestsRead() throws IOException {
    final Set<String> names = new TreeSet<>();
    try (Stream<Path> all = Files.walk(Path.of("src", "test", "java"))) {
      for (final Path source : all.filter(path -> path.toString().endsWith(".java")).toList()) {
        final Matcher read = READ.matcher(Files.readString(source));
        while (read.find()) {
          names.add(read.group(1));
        }
      }
    }
    // Of the command itself.
    names.remove("narthex.stress.from");
    return names;
  }

  @Test
  void shouldSayInOneLineWhatIsWrongWithTheCommandLine() {
    refused("--only nothing-is-called-so", "No class has 'nothing-is-called-so' in its name");
    refused(
        "--only [", "Invalid value for option '--only': '[' is no regular expression: Unclosed");
    refused("--hours 0", "--hours 0.0 is not more than 0");
    refused("--hours soon", "Invalid value for option '--hours'");
  }

  private void refused(final String line, final String reason) {
    final ChildJvm command = stage.start(StressCommand.class, (Object[]) line.split(" "));
    assertThat(command.awaitExit(GUARD)).as(command.output()).isEqualTo(2);
    assertThat(command.output()).contains("narthex: " + reason).doesNotContain("\tat ");
  }
}
