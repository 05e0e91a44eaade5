package io.narthex.tools.history;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What was found wrong with a history while it was read; told once, however often it is read. */
final class Troubles {
  private static final String CUT_OFF =
      "it is being written, or the recording was ended while it was";

  private final Set<String> messages = new LinkedHashSet<>();
  private boolean isDamaged;

  /** Something that is not as it was written. */
  void damaged(final String segment, final int offset, final String what) {
    isDamaged = true;
    messages.add(segment + ": damaged at offset " + offset + ": " + what);
  }

  /** A whole segment that this program cannot read. */
  void unreadable(final String segment, final String why) {
    isDamaged = true;
    messages.add(segment + ": left out: " + why);
  }

  /** The last entry of a segment, which its writer has not ended, or was not given the time to. */
  void incomplete(final String segment, final int offset) {
    messages.add(segment + ": its last entry, at offset " + offset + ", is not whole: " + CUT_OFF);
  }

  /** A segment whose writer has not ended its head, or was not given the time to. */
  void headless(final String segment) {
    messages.add(segment + ": it has no entries, and no whole head: " + CUT_OFF);
  }

  Collection<String> messages() {
    return messages;
  }

  /** Whether something cannot be shown that a recorder had written to its end. */
  boolean isDamaged() {
    return isDamaged;
  }
}
