package io.narthex.stress.harness;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the time in which this JVM could run, by a thread that sleeps again and again: it stands
 * still where the whole JVM does. A busy machine holds it up less than it does a thread that
 * computes, so that bounds by it have to leave room.
 */
public final class RunningClock implements AutoCloseable {
  private static final long TICK_MILLIS = 10;

  private final Thread thread = new Thread(this::tick, "running clock");
  private final AtomicLong ticks = new AtomicLong();
  private volatile boolean closed;

  private RunningClock() {}

  /** Starts at 0. */
  public static RunningClock start() {
    final RunningClock clock = new RunningClock();
    clock.thread.setDaemon(true);
    clock.thread.start();
    return clock;
  }

  /** The milliseconds since the start, never more than there were. */
  public long millis() {
    return ticks.get() * TICK_MILLIS;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void tick() {
    try {
      while (!closed) {
        TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        ticks.incrementAndGet();
      }
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
