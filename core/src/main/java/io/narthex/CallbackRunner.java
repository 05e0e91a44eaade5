package io.narthex;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Calls the callbacks of one registry in rounds, one after the other: a round each second, and one
 * for each scrape. Scrapes that come during a round share the next one.
 *
 * <p>There are two daemon threads. The timer asks for rounds and takes the values of overdue calls
 * away. The worker calls. Callbacks are the application's code, and any of them may hang; so
 * whoever waits for a round looks after the worker. One that is in a slow call is left to it and
 * ends when it returns, and a fresh worker goes on with the round. A callback is not called again
 * before it has returned: however many hang, each holds one thread.
 *
 * <p>The lock is never held while a callback runs, nor while something is logged.
 */
final class CallbackRunner {
  private static final String NAME = "narthex-callbacks";

  /** Time between two rounds that nobody asks for. */
  static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How long a scrape waits for its round at most. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A callback that takes longer does not hold up the others. */
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Supplier<List<Callback>> callbacks;
  private final long periodNanos;
  private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition roundEnded = lock.newCondition();
  private final CountDownLatch timerEnd = new CountDownLatch(1);

  /** Rounds by number; one that was asked for while another ran begins when that has ended. */
  private long requested;

  private long begun;
  private long ended;

  /** What is left of the round. */
  private final Queue<Callback> todo = new ArrayDeque<>();

  private Worker worker;

  /** Whether the worker is in a call, and since when. */
  private boolean calling;

  private long callingSince;

  private boolean stopped;

  CallbackRunner(final Supplier<List<Callback>> callbacks, final long periodNanos) {
    this.callbacks = callbacks;
    this.periodNanos = periodNanos;
  }

  /** Whether the current thread is in a callback, of whichever registry. */
  static boolean isCalling() {
    return Thread.currentThread() instanceof Worker;
  }

  void start() {
    lock.lock();
    try {
      worker = new Worker();
      worker.start();
    } finally {
      lock.unlock();
    }
    final Thread timer = new Thread(null, this::keepTime, NAME + "-timer", 0, false);
    timer.setDaemon(true);
    timer.setContextClassLoader(loader);
    timer.start();
  }

  /** Ends the threads, but does not wait for that. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      work.signalAll();
      roundEnded.signalAll();
    } finally {
      lock.unlock();
    }
    timerEnd.countDown();
  }

  /** Has all callbacks called, and waits for that as long as a scrape may wait. */
  void refresh() {
    round(PATIENCE_NANOS);
  }

  /** An interrupt does not end the wait, which is short; it is kept for later. */
  private void round(final long patienceNanos) {
    final long start = System.nanoTime();
    boolean interrupted = false;
    lock.lock();
    try {
      final long mine = ++requested;
      advance();
      long left = patienceNanos;
      while (ended < mine && !stopped && left > 0) {
        passOverSlowCall();
        try {
          roundEnded.awaitNanos(Math.min(left, SLOW_NANOS));
        } catch (final InterruptedException e) {
          interrupted = true;
        }
        left = patienceNanos - (System.nanoTime() - start);
      }
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the round if nothing is left of it, and begins the next if it was asked for. */
  private void advance() {
    if (calling || !todo.isEmpty()) {
      return;
    }
    if (begun < requested && ended == begun) {
      begun = requested;
      todo.addAll(callbacks.get());
      work.signal();
    }
    if (todo.isEmpty() && ended < begun) {
      ended = begun;
      roundEnded.signalAll();
      advance();
    }
  }

  private void passOverSlowCall() {
    if (!calling || System.nanoTime() - callingSince < SLOW_NANOS) {
      return;
    }
    final Worker fresh = new Worker();
    try {
      fresh.start();
    } catch (final OutOfMemoryError e) {
      return; // there is no thread to be had: the round waits for the slow one
    }
    worker = fresh;
    calling = false;
    advance();
  }

  /** What the worker is to call next, once there is something; null if it is to end. */
  private Callback next(final Worker asking) {
    lock.lock();
    try {
      if (asking == worker) {
        calling = false;
      }
      while (asking == worker && !stopped) {
        final Callback next = todo.poll();
        if (next == null) {
          advance();
          if (todo.isEmpty()) {
            work.awaitUninterruptibly();
          }
        } else if (next.begin()) {
          calling = true;
          callingSince = System.nanoTime();
          return next;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void keepTime() {
    long tick = System.nanoTime();
    long left;
    do {
      if (System.nanoTime() - tick >= 0) {
        tick = System.nanoTime() + periodNanos;
        round(periodNanos);
      }
      left = tick - System.nanoTime();
      for (final Callback callback : callbacks.get()) {
        left = Math.min(left, callback.watch());
      }
    } while (pause(left));
  }

  /** False once the threads are to end. */
  private boolean pause(final long nanos) {
    try {
      return !timerEnd.await(nanos, TimeUnit.NANOSECONDS);
    } catch (final InterruptedException e) {
      return true; // nobody interrupts the timer; if somebody does, it looks once more
    }
  }

  private final class Worker extends Thread {
    Worker() {
      // No thread locals of whoever happens to scrape.
      super(null, null, NAME, 0, false);
      setDaemon(true);
      setContextClassLoader(loader);
    }

    @Override
    public void run() {
      for (Callback next = next(this); next != null; next = next(this)) {
        next.call();
        Thread.interrupted(); // a callback may have left it set
      }
    }
  }
}
