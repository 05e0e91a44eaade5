package io.narthex.tools.demo;

/** A worker in the fleet's books; for the demo's own thread. */
final class FleetMember {
  final WorkerProcess process;
  final long startedNanos = System.nanoTime();
  WorkerState state = WorkerState.STARTING;

  /** Null until it serves. */
  Target target;

  /** How many requests were in flight when it was killed. */
  int cutOff;

  FleetMember(final WorkerProcess process) {
    this.process = process;
  }

  String name() {
    return process.name;
  }

  @Override
  public String toString() {
    return process.name + " (pid " + process.pid() + ")";
  }
}
