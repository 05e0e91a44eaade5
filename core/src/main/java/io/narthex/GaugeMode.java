package io.narthex;

/**
 * How the gauge parts of several processes become what a scrape shows.
 *
 * <p>A process has a part from the first time that it sets, increments or decrements the gauge; one
 * that never did has none, and does not count as a 0 in {@code MIN}. A gauge that no process has a
 * part of is not shown; only {@code SHARED} ones are shown as 0 from their creation.
 *
 * <p>The {@code LIVE_} modes count only processes that are alive, and are those for gauges with a
 * callback.
 */
public enum GaugeMode {
  /**
   * One value for all processes: the last {@code set} wins, {@code inc} and {@code dec} are atomic.
   */
  SHARED,
  /** The sum over all processes, dead ones included. */
  SUM,
  /** The least value of any process, dead ones included. */
  MIN,
  /** The greatest value of any process, dead ones included. */
  MAX,
  /** The value that was set last by any process; it can only be set. */
  MOST_RECENT,
  /**
   * One series per process, told apart by the label {@code pid}, which applications cannot use on
   * such a gauge. Processes with one pid, as in two containers, have a number after it.
   */
  ALL,
  /** The sum over the processes that are alive. */
  LIVE_SUM,
  /** The least value of the processes that are alive. */
  LIVE_MIN,
  /** The greatest value of the processes that are alive. */
  LIVE_MAX,
  /** As {@link #ALL}, of the processes that are alive. */
  LIVE_ALL
}
