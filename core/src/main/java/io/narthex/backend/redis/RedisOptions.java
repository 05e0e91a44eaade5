package io.narthex.backend.redis;

import java.time.Duration;

/**
 * How a backend is to work, all of it checked.
 *
 * @param maxSeriesPerMetric 0 for no cap
 * @param bufferPath null where the heap is the buffer
 */
record RedisOptions(
    RedisAddress address,
    RedisBackend.Layout layout,
    RedisBackend.Mode mode,
    Duration flushInterval,
    Duration expireKeyTime,
    Duration timeout,
    Duration closeTimeout,
    boolean lazy,
    String keyPrefix,
    int maxSeriesPerMetric,
    String bufferPath) {
  Link connect() throws LinkException {
    return JedisLink.open(address, Math.toIntExact(timeout.toMillis()));
  }
}
