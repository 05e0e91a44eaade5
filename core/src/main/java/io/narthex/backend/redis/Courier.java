package io.narthex.backend.redis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one thread that exchanges with the store: a round at each interval, and whenever somebody
 * waits for one. Those who come during a round share the next.
 */
final class Courier {
  private final Exchange exchange;
  private final Complaints complaints;
  private final long intervalNanos;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asked = lock.newCondition();
  private final Condition ended = lock.newCondition();

  /** Rounds by number, under the lock. */
  private long wanted;

  private long done;
  private boolean wantedToRead;
  private boolean wentWell;
  private boolean closing;
  private long closeBy;
  private boolean over;

  Courier(final Exchange exchange, final Complaints complaints, final long intervalNanos) {
    this.exchange = exchange;
    this.complaints = complaints;
    this.intervalNanos = intervalNanos;
    this.thread = new Thread(null, this::work, "narthex-redis", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Courier.class.getClassLoader());
  }

  void start() {
    thread.start();
  }

  /**
   * Waits for a round that begins from now on.
   *
   * @param read whether everything is to be read in it
   * @param patienceNanos how long at most
   * @return whether it ended in time and the store was reached
   */
  boolean await(final boolean read, final long patienceNanos) {
    lock.lock();
    try {
      if (over) {
        return false;
      }
      final long mine = ++wanted;
      wantedToRead |= read;
      asked.signal();
      long left = patienceNanos;
      boolean interrupted = false;
      while (done < mine && !over && left > 0) {
        final long before = System.nanoTime();
        try {
          left = ended.awaitNanos(left);
        } catch (final InterruptedException e) {
          interrupted = true; // a scrape is worth the little that is left
          left -= System.nanoTime() - before;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return done >= mine && wentWell;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends after a last round, or several if the store cannot be reached.
   *
   * @param patienceNanos how long to go on trying, and to wait for it
   */
  void close(final long patienceNanos) {
    lock.lock();
    try {
      if (!closing) {
        closing = true;
        closeBy = System.nanoTime() + patienceNanos;
        asked.signal();
      }
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    long left = patienceNanos;
    final long end = System.nanoTime() + patienceNanos;
    while (thread.isAlive() && left > 0) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, left);
      } catch (final InterruptedException e) {
        interrupted = true;
      }
      left = end - System.nanoTime();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    long next = System.nanoTime();
    while (true) {
      final long number;
      final boolean read;
      final boolean last;
      lock.lock();
      try {
        while (!closing && wanted == done && next - System.nanoTime() > 0) {
          asked.awaitNanos(next - System.nanoTime());
        }
        number = wanted;
        read = wantedToRead;
        wantedToRead = false;
        last = closing;
      } catch (final InterruptedException e) {
        continue; // nobody has a reason to; who wants it to end says so
      } finally {
        lock.unlock();
      }
      final boolean well = round(read);
      next = System.nanoTime() + intervalNanos;
      if (last && ((well && exchange.isDone()) || System.nanoTime() - closeBy > 0)) {
        try {
          exchange.leave();
          exchange.disconnect();
        } finally {
          end(number, well, true);
        }
        return;
      }
      end(number, well, false);
      if (last) {
        pause();
      }
    }
  }

  private boolean round(final boolean read) {
    try {
      return exchange.round(read);
    } catch (final RuntimeException | Error e) {
      try {
        complaints.unexpected(e);
      } catch (final RuntimeException | Error ofTheLog) {
        // What was counted has to go on, with or without a log.
      }
      return false;
    }
  }

  private void end(final long number, final boolean well, final boolean forGood) {
    lock.lock();
    try {
      done = number;
      wentWell = well;
      over = forGood;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
