package io.narthex.backend;

import java.util.ResourceBundle;

/**
 * The {@link System.Logger} of a class, for who counts and serves: what cannot be logged is not,
 * and nobody's update, scrape or background thread ends by it. Logging throws where a handler does,
 * or where the JVM had no memory when it first used a class that logging needs, after which it
 * throws for good.
 *
 * <p>It is a logger itself so that the JDK takes it for no caller: what is logged names who logs.
 *
 * <p>Thread-safe as the logger is.
 */
public final class EngineLog implements System.Logger {
  private final String name;

  /** Null where there is none to be had. */
  private final System.Logger logger;

  private EngineLog(final String name) {
    this.name = name;
    this.logger = find(name);
  }

  /** The log of a class, by its name. */
  public static EngineLog of(final Class<?> user) {
    return named(user.getName());
  }

  /** The log of a name. */
  public static EngineLog named(final String name) {
    return new EngineLog(name);
  }

  private static System.Logger find(final String name) {
    try {
      return System.getLogger(name);
    } catch (final RuntimeException | Error e) {
      return null;
    }
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isLoggable(final Level level) {
    try {
      return logger != null && logger.isLoggable(level);
    } catch (final RuntimeException | Error e) {
      return false;
    }
  }

  /** Never throws. */
  @Override
  public void log(
      final Level level,
      final ResourceBundle bundle,
      final String message,
      final Throwable thrown) {
    try {
      if (logger != null) {
        logger.log(level, bundle, message, thrown);
      }
    } catch (final RuntimeException | Error e) {
      // There is nobody to tell.
    }
  }

  /** Never throws. */
  @Override
  public void log(
      final Level level,
      final ResourceBundle bundle,
      final String format,
      final Object... parameters) {
    try {
      if (logger != null) {
        logger.log(level, bundle, format, parameters);
      }
    } catch (final RuntimeException | Error e) {
      // There is nobody to tell.
    }
  }
}
