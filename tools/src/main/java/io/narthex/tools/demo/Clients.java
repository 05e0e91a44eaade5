package io.narthex.tools.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The clients' threads and what they share. */
final class Clients implements AutoCloseable {
  private static final int REQUESTS_PER_SECOND = 2_000;
  private static final int THREADS = 8;
  private static final int THREADS_MAX = 32;
  private static final long LAST_ANSWERS_MILLIS = 10_000;

  private final Ledger ledger = new Ledger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile Target[] targets = {};
  private volatile boolean running = true;

  Clients(final int workers) {
    final int count = Math.max(THREADS, Math.min(2 * workers, THREADS_MAX));
    final long interval = TimeUnit.SECONDS.toNanos(count) / REQUESTS_PER_SECOND;
    for (int i = 0; i < count; i++) {
      final Thread thread = new Thread(new Client(this, interval), "client-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  Ledger ledger() {
    return ledger;
  }

  /** The workers to send requests to; a new array whenever they change. */
  Target[] targets() {
    return targets;
  }

  void targets(final List<Target> workers) {
    targets = workers.toArray(new Target[0]);
  }

  boolean isRunning() {
    return running;
  }

  /** Sends nothing more, and waits for the answers to what was sent. */
  void finish() {
    running = false;
    final long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_ANSWERS_MILLIS);
    for (final Thread thread : threads) {
      final long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      try {
        thread.join(Math.max(1, left));
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void close() {
    finish();
  }
}
