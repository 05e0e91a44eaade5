package io.narthex.backend;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a logger and those below it warn of, by way of java.util.logging, while this is open. */
public final class LoggedMessages extends Handler implements AutoCloseable {
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final SimpleFormatter formatter = new SimpleFormatter();

  /** Kept, for java.util.logging forgets a logger that nobody refers to. */
  private final Logger logger;

  private LoggedMessages(final Logger logger) {
    this.logger = logger;
    setLevel(Level.WARNING);
  }

  /** Listens to a logger. */
  public static LoggedMessages of(final String name) {
    final Logger logger = Logger.getLogger(name);
    final LoggedMessages messages = new LoggedMessages(logger);
    logger.addHandler(messages);
    return messages;
  }

  /** The warnings until now. */
  public List<String> messages() {
    return messages;
  }

  @Override
  public void publish(final LogRecord entry) {
    if (isLoggable(entry)) {
      messages.add(formatter.formatMessage(entry));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
