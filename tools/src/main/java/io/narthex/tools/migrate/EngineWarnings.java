package io.narthex.tools.migrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What the engine warns of while a file is built under a name that nobody knows: kept until the
 * file has its own name, and told with that. If there is no file in the end, the error says why.
 */
final class EngineWarnings extends Handler implements AutoCloseable {
  private static final Logger ENGINE = Logger.getLogger("io.narthex.backend.mapped");

  private final List<LogRecord> kept = new ArrayList<>();
  private final boolean hadParents = ENGINE.getUseParentHandlers();

  private EngineWarnings() {
    setLevel(Level.WARNING);
    setFormatter(new SimpleFormatter());
  }

  /** Keeps them from now on, until it is closed. */
  static EngineWarnings keep() {
    final EngineWarnings warnings = new EngineWarnings();
    ENGINE.addHandler(warnings);
    ENGINE.setUseParentHandlers(false);
    return warnings;
  }

  /** Tells what was kept, with the one name for the other. */
  void tell(final Path building, final Path name) {
    close();
    for (final LogRecord warning : take()) {
      warning.setMessage(named(getFormatter().formatMessage(warning), building, name));
      warning.setParameters(null);
      ENGINE.log(warning);
    }
  }

  /** A text about the file that is built, as one about the file that it becomes. */
  static String named(final String text, final Path building, final Path name) {
    return text.replace(building.toString(), name.toString());
  }

  private synchronized List<LogRecord> take() {
    final List<LogRecord> all = List.copyOf(kept);
    kept.clear();
    return all;
  }

  /** Of any thread: the engine has some of its own. */
  @Override
  public synchronized void publish(final LogRecord logged) {
    if (isLoggable(logged)) {
      kept.add(logged);
    }
  }

  @Override
  public void flush() {
    // It is told later, or not at all.
  }

  @Override
  public void close() {
    ENGINE.removeHandler(this);
    ENGINE.setUseParentHandlers(hadParents);
  }
}
