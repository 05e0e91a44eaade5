package io.narthex.backend.mapped;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a class logs, by way of java.util.logging, for as long as this is open. */
final class LoggedMessages extends Handler implements AutoCloseable {
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final SimpleFormatter formatter = new SimpleFormatter();

  /** Kept, for java.util.logging forgets a logger that nobody refers to. */
  private final Logger logger;

  private LoggedMessages(final Logger logger) {
    this.logger = logger;
  }

  static LoggedMessages of(final Class<?> type) {
    final Logger logger = Logger.getLogger(type.getName());
    final LoggedMessages messages = new LoggedMessages(logger);
    logger.addHandler(messages);
    return messages;
  }

  List<String> messages() {
    return messages;
  }

  @Override
  public void publish(final LogRecord entry) {
    messages.add(formatter.formatMessage(entry));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
