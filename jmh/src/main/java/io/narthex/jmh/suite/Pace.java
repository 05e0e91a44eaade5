package io.narthex.jmh.suite;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long one benchmark is run.
 *
 * @param forks JVMs, one after the other
 * @param warmups iterations that do not count
 * @param measurements iterations that do
 * @param millis the length of each, where it is not a single shot
 */
record Pace(int forks, int warmups, int measurements, int millis) {
  /** What a JVM takes to start and to make its metrics. */
  private static final double START_SECONDS = 0.8;

  void applyTo(final ChainedOptionsBuilder options) {
    options
        .forks(forks)
        .warmupIterations(warmups)
        .warmupTime(TimeValue.milliseconds(millis))
        .measurementIterations(measurements)
        .measurementTime(TimeValue.milliseconds(millis));
  }

  double seconds() {
    return forks * (START_SECONDS + (warmups + measurements) * millis / 1000.0);
  }
}
