package io.narthex.stress.damage;

import java.nio.file.Path;
import java.util.Locale;

/** The sorts of files that are damaged; one seed takes the first, the next one the second. */
enum SampleSort {
  /** One segment of each kind, as a file has when it is new. */
  NEW,

  /** Several segments of each kind, and much in those that came last. */
  GROWN;

  static SampleSort of(final long seed) {
    return values()[(int) Math.floorMod(seed, (long) values().length)];
  }

  /** The undamaged file of this sort among those of a directory. */
  Path in(final Path directory) {
    return directory.resolve(name().toLowerCase(Locale.ROOT) + ".nx");
  }

  /** Writes that file. */
  Path write(final Path directory) {
    final Path file = in(directory);
    if (this == GROWN) {
      GrownFile.write(file);
    } else {
      SampleFile.write(file);
    }
    return file;
  }
}
