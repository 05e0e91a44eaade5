package io.narthex.stress.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Thousands of damaged files, with both ways to memory: each region of a file is aimed at, by
 * values that hurt, with checksums that are wrong and with ones that were made right again; in
 * every second file, which is one that grew, in the segments that came last. Any answer is right
 * but a crash, a hang, an exception that is not declared, or a page that nobody can read where
 * checksums guard it. The seeds are fixed; {@code -Dnarthex.stress.damage.seeds=60000} tries more
 * of them, {@code -Dnarthex.stress.damage.first=N} others. The reader without Agrona takes the next
 * so many seeds.
 */
@Timeout(value = 10, unit = TimeUnit.HOURS)
final class RandomDamageTest {
  private static final long SEEDS = Long.getLong("narthex.stress.damage.seeds", 1_000);
  private static final long FIRST = Long.getLong("narthex.stress.damage.first", 0);
  private static final Duration GUARD = Duration.ofSeconds(300 + SEEDS);

  private static final Pattern OUTCOME = Pattern.compile("(\\w+)=(\\d+)");

  /** So many that each region has its share of whatever can become of it. */
  private static final long ENOUGH_SEEDS = 1_000;

  /** Without them a file cannot be read at all. */
  private static final Set<Region> REFUSED =
      EnumSet.of(Region.HEADER, Region.DIRECTORY, Region.LENGTH);

  /** They are of one record, or lead to it. */
  private static final Set<Region> LEFT_OUT =
      EnumSet.of(Region.INDEX, Region.PREFIX, Region.FAMILY, Region.SERIES, Region.TEXT);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldRefuseOrServeDamagedFilesByEitherWayToMemory(final TestReporter reporter)
      throws Exception {
    for (final SampleSort sort : SampleSort.values()) {
      FileVerifier.verify(sort.write(stage.directory()));
    }
    final ChildJvm agrona = start(true, FIRST);
    final ChildJvm varHandle = start(false, FIRST + SEEDS);
    check(agrona, "Agrona", reporter);
    check(varHandle, "VarHandle", reporter);
  }

  private ChildJvm start(final boolean flag, final long first) throws Exception {
    final Path directory = Files.createDirectory(stage.path(flag ? "agrona" : "var-handle"));
    final ChildJvm.Builder reader =
        Stage.jvm(DamagedFileReader.class, stage.directory(), directory, first, first + SEEDS);
    return stage.start(flag ? reader : reader.withoutFlag());
  }

  private static void check(
      final ChildJvm reader, final String memory, final TestReporter reporter) {
    final int exit = reader.awaitExit(GUARD);
    final String output = reader.output().replaceAll("(?m)^seed \\d+\n(?=seed |damaged )", "");
    assertThat(exit).as(output).isZero();
    assertThat(output).doesNotContain("WRONG");
    final Map<String, Integer> sums = new TreeMap<>();
    for (final Region region : Region.values()) {
      for (final boolean repaired : new boolean[] {true, false}) {
        final StringBuilder ofBothSorts = new StringBuilder();
        for (final SampleSort sort : SampleSort.values()) {
          final String damage = DamagedFileReader.name(sort, region, repaired);
          final String outcomes = reader.await(damage, GUARD);
          System.out.println("by " + memory + ", " + damage + outcomes);
          for (final Matcher outcome = OUTCOME.matcher(outcomes); outcome.find(); ) {
            sums.merge(outcome.group(1), Integer.parseInt(outcome.group(2)), Integer::sum);
          }
          if (SEEDS >= ENOUGH_SEEDS) {
            checkDepth(region, damage + outcomes);
          }
          ofBothSorts.append(damage).append(outcomes).append(' ');
        }
        // Hardly a damaged index word does no harm.
        if (SEEDS >= ENOUGH_SEEDS && repaired && region != Region.INDEX) {
          assertThat(ofBothSorts).contains("SERVED=");
        }
      }
    }
    reporter.publishEntry("damaged files by " + memory, sums.toString());
    reporter.publishEntry("attempts by " + memory, reader.await("done ", GUARD));
    if (SEEDS < ENOUGH_SEEDS) {
      reporter.publishEntry("how far damage got", "not checked with fewer than " + ENOUGH_SEEDS);
    }
  }

  /** Were all files of a sort refused at the door, nothing behind it would be tried. */
  private static void checkDepth(final Region region, final String outcomes) {
    assertThat(outcomes).contains("=");
    if (REFUSED.contains(region)) {
      assertThat(outcomes).contains("REFUSED=");
    }
    if (LEFT_OUT.contains(region)) {
      assertThat(outcomes).contains("SERVED_IN_PART=");
    }
  }
}
