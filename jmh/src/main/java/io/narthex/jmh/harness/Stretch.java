package io.narthex.jmh.harness;

import java.util.List;

/**
 * How far one of several processes came, and in which time by {@link System#nanoTime}: on Linux
 * that is {@code CLOCK_MONOTONIC}, which is the same for all processes of a host.
 *
 * @param calls from the start to the end
 * @param start before the first of them
 * @param end after the last
 * @param all with those of the warm-up
 */
record Stretch(long calls, long start, long end, long all) {
  /** Of a line that {@link #line} has made. */
  static Stretch parse(final String line) {
    final String[] numbers = line.split(" ", -1);
    return new Stretch(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]));
  }

  String line() {
    return calls + " " + start + ' ' + end + ' ' + all;
  }

  /**
   * Calls of all together in a second, from when the first one starts until the last one ends.
   * Rates of each by itself must not be added: who starts late or goes on when others have ended
   * has a core for itself meanwhile.
   */
  static double rate(final List<Stretch> together) {
    final long from = together.get(0).start;
    long calls = 0;
    long first = 0;
    long last = 0;
    for (final Stretch each : together) {
      calls += each.calls;
      // Relative to one of them, for the clock's zero is anywhere.
      first = Math.min(first, each.start - from);
      last = Math.max(last, each.end - from);
    }
    return calls * 1e9 / (last - first);
  }
}
