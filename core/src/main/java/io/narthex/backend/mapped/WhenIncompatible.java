package io.narthex.backend.mapped;

/** What to do where this program and what a file holds do not go together. */
public enum WhenIncompatible {
  /** Say so by an exception. */
  FAIL,

  /**
   * Replace what is in the way, if no other living process uses it: a file of another layout
   * version or with a damaged header by a fresh one when it is opened; a metric of another schema,
   * such as other buckets, by the new one when that is registered. Otherwise say so by an
   * exception. What is no Narthex file at all is never replaced.
   */
  REPLACE_IF_UNUSED
}
