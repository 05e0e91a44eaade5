package io.narthex.stress.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a long run asks of the tests: all that the project claims, and a soak for as long as is
 * left.
 */
final class LongForms {
  /** Of a class that has no long form. */
  static final double SHORT_SECONDS = 15;

  private static final int LEAST_SOAK_SECONDS = 30 * 60;

  private final List<LongForm> all;

  LongForms(final double hours) {
    final List<LongForm> fixed =
        List.of(
            new LongForm(
                "KillTortureTest",
                Map.of("narthex.stress.kill.kills", "1000", "narthex.stress.kill.workers", "8"),
                2_400),
            new LongForm(
                "RandomDamageTest", Map.of("narthex.stress.damage.seeds", "100000"), 1_200),
            new LongForm(
                "AlteredFileTest", Map.of("narthex.stress.damage.alteredSeeds", "3000"), 300),
            new LongForm("NastyLabelsTest", Map.of("narthex.stress.labels.values", "100000"), 120),
            new LongForm(
                "RedisReplyDamageTest", Map.of("narthex.stress.redis.replies", "5000"), 600),
            new LongForm(
                "RedisContentDamageTest", Map.of("narthex.stress.redis.contents", "3000"), 300),
            new LongForm(
                "ExpositionStormTest", Map.of("narthex.stress.exposition.ratio", "true"), 100),
            new LongForm("RacesTest", Map.of("narthex.stress.races.seconds", "30"), 4_200),
            new LongForm("GenerationsTest", Map.of("narthex.generations", "1000"), 480),
            new LongForm("EveryStoreTest", Map.of("narthex.stress.faults", "all"), 420));
    final double taken = fixed.stream().mapToDouble(LongForm::seconds).sum();
    final long soak = Math.max(LEAST_SOAK_SECONDS, Math.round(hours * 3600 - taken));
    all = new ArrayList<>(fixed);
    all.add(
        new LongForm(
            "SoakTest", Map.of("narthex.stress.soak.seconds", Long.toString(soak)), soak + 10));
  }

  /** Sets all the properties; before any of the tests is loaded, since they read them once. */
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
    return all.stream()
        .filter(form -> form.test().equals(test))
        .mapToDouble(LongForm::seconds)
        .findFirst()
        .orElse(SHORT_SECONDS);
  }
}
