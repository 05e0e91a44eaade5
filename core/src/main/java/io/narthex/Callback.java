package io.narthex;

import io.narthex.backend.GaugeSlot;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * One gauge's callback. What it returns is this process's part in the gauge, until it throws, does
 * not return in time, or is retired.
 *
 * <p>The monitor of this object is held while a value is stored or taken away, so that a call which
 * returns late cannot undo what was decided meanwhile; never while the callback itself runs.
 */
final class Callback {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Gauge gauge;
  private final DoubleSupplier source;
  private final CallbackFailures failures;
  private final OnceLog log = new OnceLog();

  private GaugeSlot slot;
  private boolean running;
  private boolean overdue;
  private boolean retired;
  private long since;

  Callback(final Gauge gauge, final DoubleSupplier source, final CallbackFailures failures) {
    this.gauge = gauge;
    this.source = source;
    this.failures = failures;
    this.slot = gauge.observable().slot();
  }

  /** Takes the part away, until the callback returns. */
  synchronized void clear() {
    slot.unset();
  }

  /** The callback is not called any more, and a call that still runs stores nothing. */
  synchronized void retire() {
    retired = true;
  }

  /**
   * To be followed by {@link #call}.
   *
   * @return false if it is not to be called: its last call has not returned, or it is retired
   */
  synchronized boolean begin() {
    if (running || retired) {
      return false;
    }
    running = true;
    overdue = false;
    since = System.nanoTime();
    return true;
  }

  /** Calls the callback and stores what it returns; never throws. */
  void call() {
    final double value;
    try {
      leaveOverflow();
      value = source.getAsDouble();
    } catch (final Throwable thrown) { // an Error as well: the other callbacks go on
      endWithoutValue();
      failures.countThrown();
      warn(" threw; the gauge has no value until it returns", thrown);
      return;
    }
    endWith(value);
  }

  private synchronized void endWith(final double value) {
    running = false;
    if (!retired) {
      slot.set(value);
    }
  }

  private synchronized void endWithoutValue() {
    running = false;
    if (!retired) {
      slot.unset();
    }
  }

  /** A gauge that found no room gets a series of its own when there is room again. */
  private void leaveOverflow() {
    if (slot.isOverflow()) {
      final GaugeSlot now = gauge.observable().slot();
      if (!now.isOverflow()) {
        synchronized (this) {
          slot.unset();
          slot = now;
        }
      }
    }
  }

  /**
   * Takes the part away if the call that runs has taken too long.
   *
   * @return after how many nanoseconds to look again; {@code Long.MAX_VALUE} if that depends on the
   *     next call
   */
  long watch() {
    synchronized (this) {
      if (!running || overdue || retired) {
        return Long.MAX_VALUE;
      }
      final long left = LIMIT_NANOS - (System.nanoTime() - since);
      if (left > 0) {
        return left;
      }
      overdue = true;
      slot.unset();
    }
    failures.countOverdue();
    warn(" has not returned after 1 s; the gauge has no value until it does", null);
    return Long.MAX_VALUE;
  }

  private void warn(final String what, final Throwable thrown) {
    try {
      log.warn("the callback of " + gauge + what, thrown);
    } catch (final RuntimeException | Error e) {
      // The log is the application's, too, and its failure must not end the engine's thread.
    }
  }
}
