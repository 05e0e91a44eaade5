package io.narthex;

/**
 * How the gauge parts of several processes become what a scrape shows.
 *
 * <p>The {@code LIVE_} modes count only processes that are alive. A process that never set a gauge
 * has no part in it.
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
  /** One series per process, told apart by the label {@code pid}. */
  ALL,
  /** The sum over the processes that are alive. */
  LIVE_SUM,
  /** The least value of the processes that are alive. */
  LIVE_MIN,
  /** The greatest value of the processes that are alive. */
  LIVE_MAX,
  /** One series per process that is alive, told apart by the label {@code pid}. */
  LIVE_ALL
}
