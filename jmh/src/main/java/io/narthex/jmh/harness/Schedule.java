package io.narthex.jmh.harness;

import org.HdrHistogram.Histogram;

/**
 * Calls at a fixed rate, and the times of all of them, in nanoseconds. A call takes from when it
 * was due, so that one long call is also counted by those that it held up; they are made up for at
 * once. Beside that there is what the calls took from when they were made. Either includes one look
 * at the clock, and the former up to one more until it is noticed that the call is due.
 */
final class Schedule {
  private static final long LONGEST = 60_000_000_000L;
  private static final int DIGITS = 3;

  private final Histogram fromDue = new Histogram(LONGEST, DIGITS);
  private final Histogram fromCall = new Histogram(LONGEST, DIGITS);

  private Schedule() {}

  /**
   * Calls for a time.
   *
   * @param call what to call
   * @param interval between two calls, in nanoseconds
   * @param nanos how long; a late call may make it longer
   */
  static Schedule run(final Runnable call, final long interval, final long nanos) {
    final Schedule schedule = new Schedule();
    final Histogram fromDue = schedule.fromDue;
    final Histogram fromCall = schedule.fromCall;
    long due = System.nanoTime() + interval;
    final long end = due + nanos;
    while (due - end < 0) {
      long start = System.nanoTime();
      // No onSpinWait: on some processors it takes longer than the call.
      while (start - due < 0) {
        start = System.nanoTime();
      }
      call.run();
      final long done = System.nanoTime();
      fromDue.recordValue(Math.min(done - due, LONGEST));
      fromCall.recordValue(Math.min(done - start, LONGEST));
      due += interval;
    }
    return schedule;
  }

  /** From when a call was due. */
  long fromDue(final double percentile) {
    return fromDue.getValueAtPercentile(percentile);
  }

  /** From when a call was made. */
  long fromCall(final double percentile) {
    return fromCall.getValueAtPercentile(percentile);
  }
}
