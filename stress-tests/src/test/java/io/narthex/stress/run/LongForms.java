package io.narthex.stress.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a long run asks of the tests: all that the project claims, and a soak for as long as is
 * left.
 */
final class LongForms {
  /** Of a class that has no long form. */
  static final double SHORT_SECONDS = 15;

  /**
   * Properties that a test reads and that say with which inputs it goes on, not with how many; and
   * how long a round of the storm is, of which the ratio that is asked for was measured.
   */
  static final Set<String> CHOICES =
      Set.of(
          "narthex.stress.creation.seed",
          "narthex.stress.damage.alteredFirst",
          "narthex.stress.damage.first",
          "narthex.stress.environment.seed",
          "narthex.stress.exposition.first",
          "narthex.stress.exposition.seconds",
          "narthex.stress.kill.stopSeed",
          "narthex.stress.labels.seed",
          "narthex.stress.races.all",
          "narthex.stress.races.form",
          "narthex.stress.races.only",
          "narthex.stress.redis.firstContents",
          "narthex.stress.redis.seed");

  private static final String SOAK = "SoakTest";
  private static final int LEAST_SOAK_SECONDS = 30 * 60;
  private static final int LEAST_SOAK_GENERATIONS = 1_000;
  private static final String LINCHECK = "narthex.stress.lincheck.effort";
  private static final String LINCHECK_EFFORT = "10";

  private final List<LongForm> all;

  /** For so many hours, of which these classes take their share. */
  LongForms(final double hours, final List<String> classes) {
    final List<LongForm> fixed =
        List.of(
            new LongForm(
                "KillTortureTest",
                Map.of("narthex.stress.kill.kills", "1000", "narthex.stress.kill.workers", "8"),
                2_400),
            new LongForm("RandomDamageTest", Map.of("narthex.stress.damage.seeds", "60000"), 600),
            new LongForm(
                "AlteredFileTest", Map.of("narthex.stress.damage.alteredSeeds", "3000"), 400),
            new LongForm("LeftOutRecordTest", Map.of("narthex.stress.damage.bytes", "all"), 15),
            new LongForm("NastyLabelsTest", Map.of("narthex.stress.labels.values", "100000"), 240),
            new LongForm(
                "RedisReplyDamageTest", Map.of("narthex.stress.redis.replies", "5000"), 600),
            new LongForm(
                "RedisContentDamageTest", Map.of("narthex.stress.redis.contents", "3000"), 300),
            new LongForm(
                "RequestDamageTest", Map.of("narthex.stress.exposition.inputs", "120000"), 60),
            new LongForm(
                "RequestTextDamageTest", Map.of("narthex.stress.exposition.texts", "1000000"), 130),
            new LongForm(
                "ExpositionStormTest", Map.of("narthex.stress.exposition.ratio", "true"), 100),
            new LongForm("CreationKillTest", Map.of("narthex.stress.creation.kills", "400"), 190),
            new LongForm("SameSeriesTest", Map.of("narthex.stress.create.series", "500000"), 30),
            new LongForm("EachGrowthTest", Map.of("narthex.stress.room.growths", "3"), 20),
            new LongForm(
                "OutOfMemoryTest", Map.of("narthex.stress.environment.outOfMemory", "40"), 300),
            new LongForm(
                "TruncationTest", Map.of("narthex.stress.environment.truncations", "all"), 40),
            new LongForm("MeetingThreadsTest", Map.of("narthex.stress.stripes.seconds", "60"), 70),
            new LongForm("StripedSumsTest", Map.of("narthex.stress.stripes.rounds", "100000"), 40),
            new LongForm("ChildLookupLinearizabilityTest", Map.of(LINCHECK, LINCHECK_EFFORT), 60),
            new LongForm("GaugeLinearizabilityTest", Map.of(LINCHECK, LINCHECK_EFFORT), 110),
            // Two of one name: this one's time is of each.
            new LongForm("SeriesLifeLinearizabilityTest", Map.of(LINCHECK, LINCHECK_EFFORT), 100),
            new LongForm("RacesTest", Map.of("narthex.stress.races.seconds", "5"), 3_700),
            new LongForm("GenerationsTest", Map.of("narthex.generations", "1000"), 540),
            new LongForm("EveryStoreTest", Map.of("narthex.stress.faults", "all"), 420));
    final double taken =
        classes.stream()
            .map(TestClasses::simple)
            .filter(test -> !test.equals(SOAK))
            .mapToDouble(test -> seconds(fixed, test))
            .sum();
    final long soak = Math.max(LEAST_SOAK_SECONDS, Math.round(hours * 3600 - taken));
    all = new ArrayList<>(fixed);
    all.add(
        new LongForm(
            SOAK,
            Map.of(
                "narthex.stress.soak.seconds",
                Long.toString(soak),
                "narthex.stress.soak.generations",
                Integer.toString(LEAST_SOAK_GENERATIONS)),
            soak + 10));
  }

  /** The names of all properties that are set. */
  Set<String> properties() {
    return all.stream()
        .flatMap(form -> form.properties().keySet().stream())
        .collect(Collectors.toSet());
  }

  /** Sets all the properties; before any of the tests is initialized, since they read them once. */
  void apply() {
    for (final LongForm form : all) {
      form.properties().forEach(System::setProperty);
    }
  }

  /** The classes that have a long form. */
  List<String> tests() {
    return all.stream().map(LongForm::test).toList();
  }

  /** How long a class is expected to take. */
  double seconds(final String test) {
    return seconds(all, test);
  }

  /** Of names of classes, so that what is broken shows early. */
  Comparator<String> shortFirst() {
    return Comparator.comparingDouble((String name) -> seconds(TestClasses.simple(name)))
        .thenComparing(Comparator.naturalOrder());
  }

  private static double seconds(final List<LongForm> forms, final String test) {
    return forms.stream()
        .filter(form -> form.test().equals(test))
        .mapToDouble(LongForm::seconds)
        .findFirst()
        .orElse(SHORT_SECONDS);
  }
}
