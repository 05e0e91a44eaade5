package io.narthex.stress.damage;

import io.narthex.stress.harness.Attempts;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Watchdog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.LogManager;

/**
 * Uses each of many damaged files, and tells by regions what became of them. A crash shows as this
 * JVM's exit code.
 *
 * <p>Arguments: the directory of the undamaged files, a directory to work in, the first seed, the
 * seed after the last.
 */
public final class DamagedFileReader {
  private static final int SEEDS_PER_REPLACEMENT =
      1_001; // odd, so that both sorts of file get it; it may wait 5 s

  private final Map<SampleSort, Sample> samples;
  private final Path directory;
  private final Watchdog watchdog = Watchdog.start();
  private final Attempts attempts = new Attempts(watchdog::current);

  /** By what {@link #name} gives. */
  private final Map<String, Map<FileUser.Outcome, Integer>> outcomes = new HashMap<>();

  private DamagedFileReader(final Map<SampleSort, Sample> samples, final Path directory) {
    this.samples = samples;
    this.directory = directory;
  }

  /** See the class. */
  public static void main(final String[] arguments) throws IOException {
    LogManager.getLogManager().reset(); // a damaged file is logged, and there are thousands
    System.getLogger("damage").log(Level.INFO, "begun");
    final DamagedFileReader reader =
        new DamagedFileReader(Sample.readAll(Path.of(arguments[0])), Path.of(arguments[1]));
    final long end = Long.parseLong(arguments[3]);
    for (long seed = Long.parseLong(arguments[2]); seed < end; seed++) {
      reader.use(seed);
    }
    for (final SampleSort sort : SampleSort.values()) {
      for (final Region region : Region.values()) {
        reader.tell(name(sort, region, true));
        reader.tell(name(sort, region, false));
      }
    }
    ChildMain.say("done " + reader.attempts);
  }

  /** How the line begins that tells what became of files that were damaged so. */
  static String name(final SampleSort sort, final Region region, final boolean repaired) {
    return "damaged " + sort + ' ' + region + (repaired ? ", repaired: " : ", not repaired: ");
  }

  private void tell(final String name) {
    ChildMain.say(name + outcomes.getOrDefault(name, Map.of()));
  }

  private void use(final long seed) throws IOException {
    watchdog.begin("seed " + seed);
    ChildMain.say("seed " + seed);
    final Sample sample = samples.get(SampleSort.of(seed));
    final Damage damage = Damage.of(sample, seed);
    final Path file = directory.resolve("damaged.nx");
    Files.write(file, damage.bytes());
    final FileUser user = new FileUser(file, sample.labels(), attempts);
    final FileUser.Outcome outcome = user.view(!damage.isRepaired());
    user.write();
    user.view(false);
    if (seed % SEEDS_PER_REPLACEMENT == 0) {
      user.replace();
    }
    outcomes
        .computeIfAbsent(
            name(sample.sort(), damage.region(), damage.isRepaired()),
            any -> new EnumMap<>(FileUser.Outcome.class))
        .merge(outcome, 1, Integer::sum);
    // Its lock file stays: a JVM never closes one, and has not descriptors for so many.
    Files.deleteIfExists(file);
    if (seed % 64 == 0) {
      System.gc(); // lets go of the files that are still mapped
    }
  }
}
