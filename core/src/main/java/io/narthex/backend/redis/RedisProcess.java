package io.narthex.backend.redis;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** This process, as the store knows it. */
record RedisProcess(String id, String pid, AtomicLong senders) {
  private static final int ID_BITS = 60;

  static RedisProcess current() {
    final long random = new SecureRandom().nextLong() >>> (Long.SIZE - ID_BITS);
    return new RedisProcess(
        Long.toString(random, Character.MAX_RADIX),
        Long.toString(ProcessHandle.current().pid()),
        new AtomicLong());
  }

  /** A name for who numbers parcels, used once. */
  String nextSender() {
    return id + '-' + senders.incrementAndGet();
  }
}
