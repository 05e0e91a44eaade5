package io.narthex.backend.mapped;

/** What to do with a file that no living process counts into, when it is opened for counting. */
public enum WhenUnused {
  /** Go on with what it holds. */
  KEEP,

  /**
   * Start from zero: a fresh file takes its place. Of several processes that open it at once, the
   * first one does so, and the others join it.
   */
  RESET
}
