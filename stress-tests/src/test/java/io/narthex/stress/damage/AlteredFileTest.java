package io.narthex.stress.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Files of which any field changes while processes have them open: what was checked at the opening
 * is not what stands there later. Counts may be wrong then, but nothing crashes, hangs, or throws
 * what is not declared. {@code -Dnarthex.stress.damage.alteredSeeds=5000} tries more, {@code
 * -Dnarthex.stress.damage.alteredFirst=N} others.
 */
@Timeout(value = 10, unit = TimeUnit.HOURS)
final class AlteredFileTest {
  /** Of which one at least is raced. */
  private static final long SEEDS =
      Math.max(
          AlteredFileUser.SEEDS_PER_RACE, Long.getLong("narthex.stress.damage.alteredSeeds", 150));

  private static final long FIRST = Long.getLong("narthex.stress.damage.alteredFirst", 0);
  private static final Duration GUARD = Duration.ofSeconds(300 + 60 * SEEDS);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldNeitherCrashNorHangWhenFieldsChangeUnderOpenFiles(final TestReporter reporter)
      throws Exception {
    final Path whole = stage.path("whole.nx");
    SampleFile.write(whole);
    final ChildJvm agrona = start(whole, true);
    final ChildJvm varHandle = start(whole, false);
    check(agrona, "Agrona", reporter);
    check(varHandle, "VarHandle", reporter);
  }

  private ChildJvm start(final Path whole, final boolean flag) throws Exception {
    final Path directory = Files.createDirectory(stage.path(flag ? "agrona" : "var-handle"));
    final ChildJvm.Builder user =
        Stage.jvm(AlteredFileUser.class, whole, directory, FIRST, FIRST + SEEDS);
    return stage.start(flag ? user : user.withoutFlag());
  }

  private static void check(final ChildJvm user, final String memory, final TestReporter reporter) {
    final int exit = user.awaitExit(GUARD);
    final String output = user.output().replaceAll("(?m)^seed \\d+\n(?=seed |altered )", "");
    assertThat(exit).as(output).isZero();
    assertThat(output).doesNotContain("WRONG");
    final long inTurns = Long.parseLong(user.await("altered in turns: ", GUARD));
    final long raced = Long.parseLong(user.await("altered in races: ", GUARD));
    assertThat(inTurns).as("fields altered between steps").isPositive();
    assertThat(raced).as("fields altered during steps").isPositive();
    reporter.publishEntry(
        "altered under open files by " + memory,
        inTurns
            + " fields between steps, "
            + raced
            + " during them: "
            + user.await("done ", GUARD));
  }
}
