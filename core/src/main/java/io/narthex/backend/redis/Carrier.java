package io.narthex.backend.redis;

/** What a family asks of the courier. */
interface Carrier {
  /** Whether updates are carried before they return. */
  boolean isDirect();

  /** Whether updates are in a file that the next process opens. */
  boolean isDurable();

  /**
   * Carries what is pending of a family, and of one of its series unless that is null, before it
   * returns, where updates are direct and the store can be reached; else does nothing.
   */
  void write(RedisFamily family, RedisSeries series);

  /** Has the store read again where that was long ago, and waits for it, for a short time. */
  void freshen();

  /** Which processes there were when the store was last read. */
  Census census();
}
