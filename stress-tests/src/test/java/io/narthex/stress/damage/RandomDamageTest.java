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
import org.junit.jupiter.api.Timeout;

/**
 * Thousands of damaged files, with both ways to memory. Any answer is right but a crash, a hang, or
 * an exception that is not declared. The seeds are fixed; {@code
 * -Dnarthex.stress.damage.seeds=100000} tries more of them, {@code -Dnarthex.stress.damage.first=N}
 * others.
 */
@Timeout(value = 10, unit = TimeUnit.HOURS)
final class RandomDamageTest {
  private static final long SEEDS = Long.getLong("narthex.stress.damage.seeds", 2_000);
  private static final long FIRST = Long.getLong("narthex.stress.damage.first", 0);
  private static final Duration GUARD = Duration.ofSeconds(300 + SEEDS);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldRefuseOrServeDamagedFilesByEitherWayToMemory() throws Exception {
    final Path whole = stage.path("whole.nx");
    SampleFile.write(whole);
    final ChildJvm agrona = start(whole, true);
    final ChildJvm varHandle = start(whole, false);
    check(agrona, "Agrona");
    check(varHandle, "VarHandle");
  }

  private ChildJvm start(final Path whole, final boolean flag) throws Exception {
    final Path directory = Files.createDirectory(stage.path(flag ? "agrona" : "var-handle"));
    final ChildJvm.Builder reader =
        Stage.jvm(DamagedFileReader.class, whole, directory, FIRST, FIRST + SEEDS);
    return stage.start(flag ? reader : reader.withoutFlag());
  }

  private static void check(final ChildJvm reader, final String memory) {
    final int exit = reader.awaitExit(GUARD);
    final String output = reader.output().replaceAll("(?m)^seed \\d+\n(?=seed )", "");
    assertThat(exit).as(output).isZero();
    System.out.printf("damage: %d seeds by %s: %s%n", SEEDS, memory, reader.await("done ", GUARD));
    assertThat(output).doesNotContain("WRONG");
  }
}
