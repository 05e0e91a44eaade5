package io.narthex.tools.file;

import java.util.Locale;

/** Whether the owner of a row counts as alive. */
enum ProcessState {
  /** It has its lock. */
  ALIVE,
  /** It goes on, but has closed the file. */
  CLOSED,
  /** It has no lock. */
  DEAD,
  /** It has none as yet in a lock file that was made a moment ago, or the locks cannot be read. */
  UNKNOWN;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
