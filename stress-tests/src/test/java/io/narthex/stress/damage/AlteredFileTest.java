package io.narthex.stress.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Files of which any field changes while processes have them open: what was checked at the opening
 * is not what stands there later. Counts may be wrong then, but nothing crashes, hangs, or throws
 * what is not declared. Every second file is one that grew. {@code
 * -Dnarthex.stress.damage.alteredSeeds=5000} tries more, {@code
 * -Dnarthex.stress.damage.alteredFirst=N} others.
 */
@Timeout(value = 10, unit = TimeUnit.HOURS)
final class AlteredFileTest {
  /** Of which one file of each sort at least is raced. */
  private static final long SEEDS =
      Math.max(
          (long) AlteredFileUser.SEEDS_PER_RACE * SampleSort.values().length,
          Long.getLong("narthex.stress.damage.alteredSeeds", 150));

  private static final long FIRST = Long.getLong("narthex.stress.damage.alteredFirst", 0);
  private static final Duration GUARD = Duration.ofSeconds(300 + 60 * SEEDS);

  private static final Pattern ALTERED = Pattern.compile("(\\w+)=(\\d+)");

  /** So many that each region has its share of them. */
  private static final long ENOUGH_SEEDS = 100;

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldNeitherCrashNorHangWhenFieldsChangeUnderOpenFiles(final TestReporter reporter)
      throws Exception {
    for (final SampleSort sort : SampleSort.values()) {
      sort.write(stage.directory());
    }
    final ChildJvm agrona = start(true);
    final ChildJvm varHandle = start(false);
    check(agrona, "Agrona", reporter);
    check(varHandle, "VarHandle", reporter);
  }

  private ChildJvm start(final boolean flag) throws Exception {
    final Path directory = Files.createDirectory(stage.path(flag ? "agrona" : "var-handle"));
    final ChildJvm.Builder user =
        Stage.jvm(AlteredFileUser.class, stage.directory(), directory, FIRST, FIRST + SEEDS);
    return stage.start(flag ? user : user.withoutFlag());
  }

  private static void check(final ChildJvm user, final String memory, final TestReporter reporter) {
    final int exit = user.awaitExit(GUARD);
    final String output = user.output().replaceAll("(?m)^seed \\d+\n(?=seed |altered )", "");
    assertThat(exit).as(output).isZero();
    assertThat(output).doesNotContain("WRONG");
    for (final SampleSort sort : SampleSort.values()) {
      for (final boolean raced : new boolean[] {false, true}) {
        final String name = AlteredFileUser.name(sort, raced);
        final String altered = user.await(name, GUARD);
        System.out.println("by " + memory + ", " + name + altered);
        final Map<String, Long> byRegion = byRegion(altered);
        assertThat(byRegion).as(name + altered).isNotEmpty();
        if (SEEDS >= ENOUGH_SEEDS) {
          assertThat(byRegion.keySet())
              .as(name + altered)
              .containsAll(FileVandal.REGIONS.stream().map(Region::name).toList());
        }
      }
    }
    reporter.publishEntry(
        "altered under open files by " + memory,
        user.await("altered in turns: ", GUARD)
            + " fields between steps, "
            + user.await("altered in races: ", GUARD)
            + " during them: "
            + user.await("done ", GUARD));
  }

  private static Map<String, Long> byRegion(final String altered) {
    return ALTERED
        .matcher(altered)
        .results()
        .collect(
            Collectors.toMap(count -> count.group(1), count -> Long.parseLong(count.group(2))));
  }
}
