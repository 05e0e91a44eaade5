package io.narthex.stress.run;

import java.util.Locale;

/** Times for people. */
final class Clock {
  private Clock() {}

  /** Such as {@code 1:02:03} or {@code 2:03}. */
  static String text(final long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
