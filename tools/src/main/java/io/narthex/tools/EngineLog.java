package io.narthex.tools;

import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the engine warns of, as lines of the command: one each, and without the time. */
final class EngineLog extends Handler {
  private static final String CONFIGURATION = "java.util.logging.config.";

  private final PrintStream err;

  private EngineLog(final PrintStream err) {
    this.err = err;
    setLevel(Level.WARNING);
    setFormatter(new SimpleFormatter());
  }

  /** Takes the place of the JDK's own handlers, unless somebody configured those. */
  static void install(final PrintStream err) {
    if (System.getProperty(CONFIGURATION + "file") == null
        && System.getProperty(CONFIGURATION + "class") == null) {
      LogManager.getLogManager().reset();
      Logger.getLogger("").addHandler(new EngineLog(err));
    }
  }

  @Override
  public void publish(final LogRecord logged) {
    if (isLoggable(logged)) {
      final Throwable thrown = logged.getThrown();
      err.println(
          "narthex: "
              + getFormatter().formatMessage(logged)
              + (thrown == null ? "" : ": " + thrown));
    }
  }

  @Override
  public void flush() {
    err.flush();
  }

  @Override
  public void close() {
    // Standard error is not its own.
  }
}
