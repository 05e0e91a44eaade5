package io.narthex;

import java.time.Duration;

/** Measures one stretch of time, from its creation. */
final class Stopwatch {
  private static final double NANOS = 1e9;

  private final long start = System.nanoTime();
  private boolean stopped;
  private double seconds;

  static double seconds(final Duration duration) {
    return duration.getSeconds() + duration.getNano() / NANOS;
  }

  static double secondsSince(final long start) {
    return (System.nanoTime() - start) / NANOS;
  }

  /** Whether this call stopped the watch. */
  boolean stop() {
    if (stopped) {
      return false;
    }
    stopped = true;
    seconds = secondsSince(start);
    return true;
  }

  double seconds() {
    return seconds;
  }
}
