package io.narthex;

import io.narthex.backend.EngineLog;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says a thing once, however often each scrape meets it. */
final class OnceLog {
  private static final EngineLog LOGGER = EngineLog.named("io.narthex");

  /** Against a collector that makes up a new mistake at each scrape. */
  private static final int MOST = 1_000;

  private final Set<String> said = ConcurrentHashMap.newKeySet();

  void warn(final String message, final Throwable thrown) {
    if (said.size() < MOST && said.add(message)) {
      LOGGER.log(Level.WARNING, message, thrown);
    }
  }
}
