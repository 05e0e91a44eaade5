package io.narthex.jmh.harness;

/** The counters of a {@link Place}, in a JVM that counts. */
interface Counters extends AutoCloseable {
  /**
   * Finds one, or makes it where each JVM may.
   *
   * @return its increment
   */
  Runnable counter(String metric, String child);

  /** Returns when everything has been delivered. */
  @Override
  void close();
}
