package io.narthex.tools.demo;

/** Where a worker is in its life. */
enum WorkerState {
  STARTING("starting"),
  SERVING("yes"),
  KILLED("killed"),
  ENDED("ended");

  private final String text;

  WorkerState(final String text) {
    this.text = text;
  }

  boolean isDead() {
    return this == KILLED || this == ENDED;
  }

  /** What stands in the table's column "alive". */
  String text() {
    return text;
  }
}
