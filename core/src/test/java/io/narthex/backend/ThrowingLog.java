package io.narthex.backend;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Has a logger and those below it fail as java.util.logging did on JDK 17 after it had been used
 * for the first time by a thread without memory: with an error, for good.
 */
final class ThrowingLog extends Handler implements AutoCloseable {
  private final AtomicInteger thrown = new AtomicInteger();

  /** Kept, for java.util.logging forgets a logger that nobody refers to. */
  private final Logger logger;

  private ThrowingLog(final Logger logger) {
    this.logger = logger;
  }

  static ThrowingLog of(final String name) {
    final ThrowingLog log = new ThrowingLog(Logger.getLogger(name));
    log.logger.addHandler(log);
    return log;
  }

  int thrown() {
    return thrown.get();
  }

  @Override
  public void publish(final LogRecord entry) {
    thrown.incrementAndGet();
    throw new NoClassDefFoundError("Could not initialize class sun.util.calendar.ZoneInfoFile");
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
