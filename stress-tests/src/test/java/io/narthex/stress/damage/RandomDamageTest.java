package io.narthex.stress.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.FileVerifier;
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
 * Thousands of damaged files, with both ways to memory: each region of a file is aimed at, by
 * values that hurt, with checksums that are wrong and with ones that were made right again. Any
 * answer is right but a crash, a hang, an exception that is not declared, or a page that nobody can
 * read where checksums guard it. The seeds are fixed; {@code -Dnarthex.stress.damage.seeds=100000}
 * tries more of them, {@code -Dnarthex.stress.damage.first=N} others.
 */
@Timeout(value = 10, unit = TimeUnit.HOURS)
final class RandomDamageTest {
  private static final long SEEDS = Long.getLong("narthex.stress.damage.seeds", 2_000);
  private static final long FIRST = Long.getLong("narthex.stress.damage.first", 0);
  private static final Duration GUARD = Duration.ofSeconds(300 + SEEDS);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldRefuseOrServeDamagedFilesByEitherWayToMemory(final TestReporter reporter)
      throws Exception {
    final Path whole = stage.path("whole.nx");
    SampleFile.write(whole);
    FileVerifier.verify(whole);
    final ChildJvm agrona = start(whole, true);
    final ChildJvm varHandle = start(whole, false);
    check(agrona, "Agrona", reporter);
    check(varHandle, "VarHandle", reporter);
    reporter.publishEntry("damaged files", Long.toString(2 * SEEDS));
  }

  private ChildJvm start(final Path whole, final boolean flag) throws Exception {
    final Path directory = Files.createDirectory(stage.path(flag ? "agrona" : "var-handle"));
    final ChildJvm.Builder reader =
        Stage.jvm(DamagedFileReader.class, whole, directory, FIRST, FIRST + SEEDS);
    return stage.start(flag ? reader : reader.withoutFlag());
  }

  private static void check(
      final ChildJvm reader, final String memory, final TestReporter reporter) {
    final int exit = reader.awaitExit(GUARD);
    final String output = reader.output().replaceAll("(?m)^seed \\d+\n(?=seed |region )", "");
    assertThat(exit).as(output).isZero();
    assertThat(output).doesNotContain("WRONG");
    for (final Region region : Region.values()) {
      reporter.publishEntry(
          "damaged " + region + " by " + memory, reader.await("region " + region + ' ', GUARD));
    }
    reporter.publishEntry("attempts by " + memory, reader.await("done ", GUARD));
  }
}
