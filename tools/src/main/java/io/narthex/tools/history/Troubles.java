package io.narthex.tools.history;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What was found wrong with a history while it was read; told once, however often it is read. */
final class Troubles {
  private final Set<String> messages = new LinkedHashSet<>();
  private boolean isDamaged;

  /** Something that cannot be shown. */
  void damaged(final String segment, final int offset, final String what) {
    isDamaged = true;
    messages.add(segment + ": damaged at offset " + offset + ": " + what);
  }

  /** The last entry of a segment, which its writer was not given the time to end. */
  void incomplete(final String segment, final int offset) {
    messages.add(
        segment
            + ": its last entry, at offset "
            + offset
            + ", is not whole: the recording was ended while it was written");
  }

  Collection<String> messages() {
    return messages;
  }

  /** Whether anything but a last entry is not as it was written. */
  boolean isDamaged() {
    return isDamaged;
  }
}
