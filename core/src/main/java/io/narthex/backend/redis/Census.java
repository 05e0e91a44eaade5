package io.narthex.backend.redis;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which processes the store knew when it was read, and which of them were alive. */
final class Census {
  static final Census EMPTY = new Census(Map.of(), Set.of());

  private final Map<String, String> pids;
  private final Set<String> alive;
  private final Set<String> ambiguous = new HashSet<>();

  /**
   * Counts.
   *
   * @param pids each known process's pid, by its id
   * @param alive the ids of those whose last heartbeat was not long ago
   */
  Census(final Map<String, String> pids, final Set<String> alive) {
    this.pids = pids;
    this.alive = alive;
    final Set<String> seen = new HashSet<>();
    for (final String pid : pids.values()) {
      if (!seen.add(pid)) {
        ambiguous.add(pid);
      }
    }
  }

  boolean isKnown(final String id) {
    return pids.containsKey(id);
  }

  boolean isAlive(final String id) {
    return alive.contains(id);
  }

  int aliveCount() {
    return alive.size();
  }

  /** As it is shown: pids of several hosts may be the same, and then the id tells them apart. */
  String pid(final String id) {
    final String pid = pids.get(id);
    if (pid == null) {
      return id;
    }
    return ambiguous.contains(pid) ? pid + '-' + id : pid;
  }
}
