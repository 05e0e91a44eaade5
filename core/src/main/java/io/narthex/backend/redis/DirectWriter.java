package io.narthex.backend.redis;

/** Carries an update to the store before it returns, if the store can be reached. */
@FunctionalInterface
interface DirectWriter {
  /** Carries what is pending of that series; never throws, and leaves it pending on failure. */
  void write(RedisSeries series);
}
