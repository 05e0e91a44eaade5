package io.narthex.backend.redis;

import io.narthex.backend.EngineLog;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says once what goes wrong, and once that it went right again. */
final class Complaints {
  private static final EngineLog LOG = EngineLog.of(RedisBackend.class);

  private final RedisAddress address;
  private final Set<String> standing = ConcurrentHashMap.newKeySet();
  private volatile boolean away;

  Complaints(final RedisAddress address) {
    this.address = address;
  }

  void unreachable(final LinkException e) {
    if (!away) {
      away = true;
      LOG.log(
          Level.WARNING,
          "cannot reach Redis at "
              + address
              + ": "
              + e.getMessage()
              + "; updates are kept and carried there once it is back");
    }
  }

  void reached() {
    if (away) {
      away = false;
      LOG.log(Level.INFO, "Redis at " + address + " is back");
    }
  }

  /** The server refused something. */
  void refused(final String what, final RedisError error) {
    if (standing.add(what + ' ' + error.kind())) {
      LOG.log(
          Level.WARNING,
          "Redis at "
              + address
              + " refuses "
              + what
              + ": "
              + error.message()
              + "; "
              + error.advice()
              + ". What is counted meanwhile is kept; it is tried again at each flush");
    }
  }

  /** Something that was refused is accepted again. */
  void accepted(final String what) {
    if (!standing.isEmpty() && standing.removeIf(each -> each.startsWith(what + ' '))) {
      LOG.log(Level.INFO, "Redis at " + address + " accepts " + what + " again");
    }
  }

  void say(final Level level, final String message) {
    LOG.log(level, message + ", Redis at " + address);
  }

  void unexpected(final Throwable thrown) {
    if (standing.add(thrown.getClass().getName())) {
      LOG.log(Level.ERROR, "the exchange with Redis at " + address + " failed", thrown);
    }
  }
}
