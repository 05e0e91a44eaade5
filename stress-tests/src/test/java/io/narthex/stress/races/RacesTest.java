package io.narthex.stress.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.backend.HistogramPageRace;
import io.narthex.backend.RemoveHiddenAddRace;
import io.narthex.backend.mapped.AddValueRace;
import io.narthex.backend.mapped.ClaimClaimRace;
import io.narthex.backend.mapped.InsertFindRace;
import io.narthex.backend.mapped.InsertGrowRace;
import io.narthex.backend.mapped.ObserveScrapeRace;
import io.narthex.backend.mapped.RemoveAddRace;
import io.narthex.backend.mapped.RemoveHistogramScrapeRace;
import io.narthex.backend.mapped.RemoveObserveRace;
import io.narthex.backend.mapped.RemoveScrapeRace;
import io.narthex.backend.mapped.RetireScrapeRace;
import io.narthex.backend.mapped.SameKeyInsertRace;
import io.narthex.backend.mapped.SameWordInsertRace;
import io.narthex.backend.mapped.SetAddGaugeRace;
import io.narthex.backend.redis.FlushAddRace;
import io.narthex.backend.redis.FlushRemoveRace;
import io.narthex.backend.redis.FlushTotalRace;
import io.narthex.backend.redis.FlushTotalsRace;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Skip;
import io.narthex.stress.harness.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jcstress.Main;

/**
 * Runs the jcstress tests of all backends, which describe each outcome in words. Reports are in
 * {@code target/jcstress}. System properties choose the form:
 *
 * <ul>
 *   <li>{@code narthex.stress.races.seconds}: how long each race runs in each of the ways to
 *       compile it, which are the interpreter, each compiler alone, and C2 that works in an order
 *       of chance;
 *   <li>{@code narthex.stress.races.form}: options of jcstress in place of those, such as {@code -m
 *       default -sc true}, which has it try every pair of compilers;
 *   <li>{@code narthex.stress.races.only}: a regular expression for the races to run;
 *   <li>{@code narthex.stress.races.all=true}: all races by Agrona in the quick form, which is that
 *       of none of the first two: the races nearest to what is promised, and some of them without
 *       Agrona, a fifth of a second each, as the JVM compiles them by itself.
 * </ul>
 */
@Timeout(value = 12, unit = TimeUnit.HOURS)
final class RacesTest {
  private static final String PACKAGE = "io.narthex.backend.";

  private static final Integer SECONDS = Integer.getInteger("narthex.stress.races.seconds");
  private static final String OPTIONS = System.getProperty("narthex.stress.races.form");
  private static final String CHOSEN = System.getProperty("narthex.stress.races.only");
  private static final boolean QUICK = SECONDS == null && OPTIONS == null;

  /**
   * With arguments for it, jcstress tries one way to compile only; on JDK 17 with and without
   * biased locking, which cannot be turned off.
   */
  private static final String FORM =
      OPTIONS != null
          ? OPTIONS
          : "-m quick -f 1 -sc false -af NONE -iters "
              + (QUICK ? "1 -time 200 -jvmArgs -Xmx256m" : SECONDS + " -time 1000");

  /** One or two for each way in which threads meet: most of a short run is a JVM for each race. */
  private static final List<Class<?>> NEAREST =
      List.of(
          SameKeyInsertRace.class,
          SameWordInsertRace.class,
          InsertFindRace.class,
          InsertGrowRace.class,
          AddValueRace.class,
          SetAddGaugeRace.class,
          ObserveScrapeRace.class,
          RemoveAddRace.class,
          RemoveObserveRace.class,
          RemoveScrapeRace.class,
          RemoveHistogramScrapeRace.class,
          ClaimClaimRace.class,
          RetireScrapeRace.class,
          FlushAddRace.class,
          FlushRemoveRace.class,
          FlushTotalRace.class,
          FlushTotalsRace.class,
          HistogramPageRace.class,
          RemoveHiddenAddRace.class);

  /** Heap and Redis backends do not touch it, but in a buffer file: these races stand for that. */
  private static final List<Class<?>> NEAREST_MEMORY =
      List.of(
          SameKeyInsertRace.class,
          InsertFindRace.class,
          AddValueRace.class,
          RemoveAddRace.class,
          RetireScrapeRace.class);

  private static final int ACTORS = 2;
  private static final Duration GUARD = Duration.ofHours(6);
  private static final Pattern PASSED = Pattern.compile("(\\d+) passed");

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldSeeNoForbiddenOutcomeWithAgronaMemory(final TestReporter reporter) {
    final String races =
        QUICK && !Boolean.getBoolean("narthex.stress.races.all") ? regex(NEAREST) : PACKAGE;
    run("agrona", races, jvm -> jvm, reporter);
  }

  @Test
  void shouldSeeNoForbiddenOutcomeWithVarHandleMemory(final TestReporter reporter) {
    final String races = QUICK ? regex(NEAREST_MEMORY) : PACKAGE + "mapped.";
    run("var-handle", races, ChildJvm.Builder::withoutFlag, reporter);
  }

  private void run(
      final String memory,
      final String races,
      final UnaryOperator<ChildJvm.Builder> choice,
      final TestReporter reporter) {
    Skip.unless(
        Runtime.getRuntime().availableProcessors() >= ACTORS,
        () -> "jcstress needs a processor for each of " + ACTORS + " actors");
    final Path report = Path.of("target", "jcstress", memory).toAbsolutePath();
    final List<String> arguments = new ArrayList<>(List.of(FORM.split(" ")));
    arguments.addAll(List.of("-t", CHOSEN == null ? races : CHOSEN, "-r", report.toString()));
    // Few states at a time, as each has room in a file; in strides so short that the actors meet in
    // some of them, and yielding, as a host may be busy.
    arguments.addAll(List.of("-strideSize", "4", "-strideCount", "16"));
    arguments.addAll(List.of("-spinStyle", "THREAD_YIELD", "-c", "" + ACTORS));
    final ChildJvm jcstress =
        stage.start(
            choice.apply(
                Stage.jvm(Main.class, arguments.toArray())
                    .in(stage.directory())
                    .option("-Djava.io.tmpdir=" + stage.directory())));
    final int exit = jcstress.awaitExit(GUARD);
    final String output = jcstress.output();
    assertThat(exit).as(output).isZero();
    assertThat(output).contains("Failed tests: No matches.", "Error tests: No matches.");
    final int passed = passed(output);
    assertThat(passed).as("races that passed").isPositive();
    if (CHOSEN == null) {
      // Outcomes that need an overlap are called so: without any, nothing raced.
      assertThat(output).doesNotContain("Interesting tests: No matches.");
    }
    System.out.println("races with " + memory + " memory: none is forbidden; see " + report);
    reporter.publishEntry(
        "races with " + memory + " memory, in all ways", Integer.toString(passed));
  }

  private static String regex(final List<Class<?>> races) {
    return races.stream()
        .map(race -> Pattern.quote(race.getName()))
        .collect(Collectors.joining("|", "^(?:", ")$"));
  }

  private static int passed(final String output) {
    int last = 0;
    for (final Matcher count = PASSED.matcher(output); count.find(); ) {
      last = Integer.parseInt(count.group(1));
    }
    return last;
  }
}
