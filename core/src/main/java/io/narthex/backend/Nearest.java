package io.narthex.backend;

import java.util.Collection;
import java.util.Locale;

/** Guesses what somebody meant who misspelt a name, for messages. */
final class Nearest {
  private static final int MOST_EDITS = 3;

  private Nearest() {}

  /**
   * The part of a message that asks for it.
   *
   * @return {@code (did you mean "x"?)}, or nothing if no choice is near
   */
  static String question(final String given, final Collection<String> choices) {
    String nearest = null;
    int fewest = Math.min(MOST_EDITS, given.length() / 2) + 1;
    for (final String choice : choices) {
      final int edits = edits(given.toLowerCase(Locale.ROOT), choice.toLowerCase(Locale.ROOT));
      if (edits < fewest) {
        fewest = edits;
        nearest = choice;
      }
    }
    return nearest == null ? "" : " (did you mean \"" + nearest + "\"?)";
  }

  /** How many letters have to be put in, taken out or exchanged to make one of the other. */
  private static int edits(final String from, final String to) {
    if (Math.abs(from.length() - to.length()) > MOST_EDITS) {
      return Integer.MAX_VALUE; // also spares the work for a text of a megabyte
    }
    int[] above = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      final int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        final int exchanged = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(exchanged, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[to.length()];
  }
}
