package io.narthex.tools.demo;

/** Where the demo tells what happens; for one thread. */
interface Display {
  /** A line that stays. */
  void note(String line);

  /** The table, in place of the one before. */
  void show(Snapshot snapshot);

  /** Whether nobody can read it any more, such as when a pipe's reader has gone. */
  boolean isBroken();
}
