package io.narthex.backend.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Which processes have been missing from the store for a while: they ended, or were forgotten. One
 * look is not enough, since a server that lost its data hears of living ones only at their next
 * heartbeat.
 */
final class AbsentProcesses {
  private final long patienceNanos;
  private final Map<String, Long> since = new HashMap<>();
  private Census census = Census.EMPTY;

  AbsentProcesses(final Duration patience) {
    this.patienceNanos = patience.toNanos();
  }

  void update(final Census now) {
    census = now;
    since.keySet().removeIf(now::isKnown);
  }

  boolean isLongGone(final String id) {
    if (census.isKnown(id)) {
      return false;
    }
    final long now = System.nanoTime();
    return now - since.computeIfAbsent(id, i -> now) > patienceNanos;
  }
}
