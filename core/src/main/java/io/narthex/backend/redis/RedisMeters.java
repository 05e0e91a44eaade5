package io.narthex.backend.redis;

import java.util.concurrent.atomic.AtomicLong;

/** How the exchange with the store goes. Safe for use by any number of threads. */
final class RedisMeters {
  final AtomicLong failedFlushes = new AtomicLong();
  final AtomicLong dataLosses = new AtomicLong();
  final AtomicLong damagedFields = new AtomicLong();
  final AtomicLong commands = new AtomicLong();
  private volatile long flushedNanos = System.nanoTime();
  private volatile boolean connected;

  void flushed() {
    flushedNanos = System.nanoTime();
  }

  /** Seconds since everything that was pending had arrived. */
  double lagSeconds() {
    return (System.nanoTime() - flushedNanos) / 1e9;
  }

  void connected(final boolean now) {
    connected = now;
  }

  boolean isConnected() {
    return connected;
  }
}
