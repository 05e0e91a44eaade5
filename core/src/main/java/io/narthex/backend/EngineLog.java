package io.narthex.backend;

import java.lang.System.Logger.Level;

/**
 * The {@link System.Logger} of a class, for who counts and serves: what cannot be logged is not,
 * and nobody's update, scrape or background thread ends by it. Logging throws where a handler does,
 * or where the JVM had no memory when it first used a class that logging needs, after which it
 * throws for good.
 *
 * <p>Thread-safe as the logger is.
 */
public final class EngineLog {
  private final System.Logger logger;

  private EngineLog(final System.Logger logger) {
    this.logger = logger;
  }

  /** The log of a class, by its name. */
  public static EngineLog of(final Class<?> user) {
    return named(user.getName());
  }

  /** The log of a name. */
  public static EngineLog named(final String name) {
    return new EngineLog(System.getLogger(name));
  }

  /** See {@link System.Logger#log(Level, String)}; never throws. */
  public void log(final Level level, final String message) {
    try {
      logger.log(level, message);
    } catch (final RuntimeException | Error e) {
      // There is nobody to tell.
    }
  }

  /** See {@link System.Logger#log(Level, String, Object...)}; never throws. */
  public void log(final Level level, final String format, final Object... parameters) {
    try {
      logger.log(level, format, parameters);
    } catch (final RuntimeException | Error e) {
      // There is nobody to tell.
    }
  }

  /** See {@link System.Logger#log(Level, String, Throwable)}; never throws. */
  public void log(final Level level, final String message, final Throwable thrown) {
    try {
      logger.log(level, message, thrown);
    } catch (final RuntimeException | Error e) {
      // There is nobody to tell.
    }
  }
}
