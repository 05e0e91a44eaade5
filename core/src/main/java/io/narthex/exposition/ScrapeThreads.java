package io.narthex.exposition;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of a {@link MetricsServer}: few, named, daemons. They have a bounded queue, beyond
 * which the server closes connections unanswered.
 *
 * <p>The JDK's server waits for clients without limit, unless system properties say otherwise that
 * hold for all servers of the JVM and are read only once. So a watchdog ends what waits too long
 * for its client: it interrupts the thread, which closes the channel that it is blocked in. While
 * others queue, patience is short, and all who waited longer go at once; dead clients hold up
 * nobody for long, however many they are.
 */
final class ScrapeThreads implements Executor, AutoCloseable {
  private static final int THREADS = 16;
  private static final int QUEUE = 64;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long PATIENCE_NANOS_IN_A_RUSH = TimeUnit.SECONDS.toNanos(1);

  private final List<Worker> workers = new CopyOnWriteArrayList<>();
  private final AtomicInteger unfinished = new AtomicInteger();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(QUEUE),
          task -> {
            final Worker worker = new Worker(task);
            workers.removeIf(old -> old.getState() == Thread.State.TERMINATED);
            workers.add(worker);
            return worker;
          });
  private final Thread watchdog = new Thread(this::watch, "narthex-metrics-watchdog");
  private volatile boolean closed;

  ScrapeThreads() {
    pool.allowCoreThreadTimeOut(true);
    watchdog.setDaemon(true);
    watchdog.start();
  }

  /**
   * Runs a task, which waits for its client until it says otherwise.
   *
   * @throws java.util.concurrent.RejectedExecutionException if too many tasks wait already
   */
  @Override
  public void execute(final Runnable task) {
    unfinished.incrementAndGet();
    try {
      pool.execute(
          () -> {
            final Worker worker = (Worker) Thread.currentThread();
            worker.begin();
            try {
              task.run();
            } finally {
              worker.end();
              unfinished.decrementAndGet();
            }
          });
    } catch (final RuntimeException e) {
      unfinished.decrementAndGet();
      throw e;
    }
    LockSupport.unpark(watchdog);
  }

  /** The patience of the exchange that the current thread runs; it must be one of these. */
  static Patience patience() {
    return (Worker) Thread.currentThread();
  }

  /**
   * Ends all threads and waits for them a little. Does not interrupt those that work; they find the
   * connection closed when they have something to write.
   */
  @Override
  public void close() {
    closed = true;
    pool.shutdown();
    LockSupport.unpark(watchdog);
    try {
      // The pool itself says that it has ended while its last threads still end.
      if (pool.awaitTermination(2, TimeUnit.SECONDS)) {
        for (final Worker worker : workers) {
          worker.join();
        }
      }
      watchdog.join();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    while (!closed) {
      if (unfinished.get() == 0) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, TICK_NANOS);
        endTheSlow();
      }
      // Nobody interrupts this thread; but with the flag set, park would return at once forever.
      Thread.interrupted();
    }
  }

  private void endTheSlow() {
    final long limit = pool.getQueue().isEmpty() ? PATIENCE_NANOS : PATIENCE_NANOS_IN_A_RUSH;
    final long now = System.nanoTime();
    workers.forEach(worker -> worker.endIfWaitedOver(limit, now));
  }

  private static final class Worker extends Thread implements Patience {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private boolean waiting;
    private boolean ended;
    private long since;
    private long before;

    Worker(final Runnable task) {
      super(task, "narthex-metrics-" + NUMBERS.incrementAndGet());
      setDaemon(true);
    }

    synchronized void begin() {
      ended = false;
      before = 0;
      waiting = true;
      since = System.nanoTime();
    }

    synchronized void end() {
      working();
      before = 0;
    }

    @Override
    public synchronized void waiting() throws IOException {
      if (ended) {
        throw new InterruptedIOException("the client was too slow");
      }
      if (!waiting) {
        waiting = true;
        since = System.nanoTime();
      }
    }

    @Override
    public synchronized void working() {
      if (waiting) {
        waiting = false;
        before += System.nanoTime() - since;
      }
      if (ended) {
        // The interrupt was for the wait alone.
        Thread.interrupted();
      }
    }

    synchronized long waited(final long now) {
      return waiting && !ended ? before + now - since : 0;
    }

    synchronized void endIfWaitedOver(final long limit, final long now) {
      if (waited(now) > limit) {
        ended = true;
        interrupt();
      }
    }
  }
}
