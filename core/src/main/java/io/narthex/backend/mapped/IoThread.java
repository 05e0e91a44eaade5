package io.narthex.backend.mapped;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The one daemon thread that touches a file's channels. An application's thread may be interrupted
 * at any time, and a channel that an interrupted thread uses is closed under everybody else; this
 * thread is never interrupted. It ends when it is idle and comes back when there is work.
 */
final class IoThread implements AutoCloseable {
  private static final int IDLE_SECONDS = 10;

  /** How often whoever waits looks whether he waits in vain. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ScheduledThreadPoolExecutor executor;
  private volatile Thread current;

  IoThread(final String name) {
    this(new ScheduledThreadPoolExecutor(1));
    executor.setThreadFactory(
        task -> {
          final Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          current = thread;
          return thread;
        });
  }

  /** With an executor of one thread; for tests. */
  IoThread(final ScheduledThreadPoolExecutor executor) {
    this.executor = executor;
    // Or there may be two for a moment when an error ends the one.
    executor.setMaximumPoolSize(1);
    executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs work on the thread and waits for it. An interrupt of the caller does not end the wait; it
   * is kept for later.
   *
   * @throws IOException what the work threw, or that this thread was closed
   */
  <T> T call(final Callable<T> work) throws IOException {
    final Task<T> task = new Task<>(work);
    if (Thread.currentThread() == current) {
      task.run();
    } else if (!handOver(task)) {
      throw new IOException("the backend is closed");
    }
    return await(task);
  }

  /**
   * Runs work on the thread and waits for it, but not longer than it may.
   *
   * @return what the work returned; false if it did not end in time (what has begun goes on), if it
   *     threw, or if this thread was closed
   */
  boolean callWithin(final long millis, final Callable<Boolean> work) {
    final Task<Boolean> task = new Task<>(work);
    if (Thread.currentThread() == current) {
      task.run();
    } else if (!handOver(task)) {
      return false;
    }
    if (task.endsWithin(TimeUnit.MILLISECONDS.toNanos(millis))) {
      return task.thrown == null && task.value;
    }
    task.unwanted = true;
    return false;
  }

  /**
   * Hands over work without waiting.
   *
   * @return false if this thread was closed, and the work is not going to be done
   */
  boolean execute(final Runnable work) {
    return handOver(new Guarded(work));
  }

  private boolean handOver(final Runnable work) {
    PendingFault.tell(); // before the executor locks anything
    try {
      executor.execute(work);
      return true;
    } catch (final RejectedExecutionException e) {
      return false;
    }
  }

  /** Runs work again and again, until this thread is closed; the thread is never idle then. */
  @SuppressWarnings("FutureReturnValueIgnored") // nothing is thrown
  void every(final long millis, final Runnable work) {
    PendingFault.tell(); // before the executor locks anything
    executor.scheduleWithFixedDelay(new Guarded(work), millis, millis, TimeUnit.MILLISECONDS);
  }

  boolean isClosed() {
    return executor.isShutdown();
  }

  /** Lets what was handed over end, then accepts no more. */
  @Override
  public void close() {
    executor.shutdown();
  }

  /**
   * Waits. Work can get lost by an error between it and the executor: for want of memory, or by a
   * fault that could not be asked for.
   */
  private <T> T await(final Task<T> task) throws IOException {
    final Mark mark = new Mark();
    while (!task.endsWithin(LOOK_NANOS)) {
      final boolean closed = executor.isTerminated();
      if ((mark.passed || closed) && !task.ended) {
        throw new IOException(
            closed && !mark.passed
                ? "the backend was closed meanwhile"
                : "an error broke it off; was the file truncated, or is there no memory?");
      }
      try {
        // One after the other: what is handed over now is done later.
        handOver(mark);
      } catch (final OutOfMemoryError noRoom) {
        // The next look may have some; the work goes on.
      }
    }
    if (task.thrown != null) {
      throw rethrown(task.thrown);
    }
    return task.value;
  }

  /** Work that nobody waits for. */
  private record Guarded(Runnable work) implements Runnable {
    @Override
    public void run() {
      try {
        try {
          work.run();
        } finally {
          PendingFault.tell(); // also if it threw, perhaps for what it took for the file's content
        }
      } catch (final RuntimeException | Error e) {
        // Such as of the application's log: the next time it may go better.
      }
    }
  }

  /** No lambda, which could not be linked while there is no memory. */
  private static final class Mark implements Runnable {
    volatile boolean passed;

    @Override
    public void run() {
      passed = true;
    }
  }

  /**
   * Work with its result, which is noted by plain stores: a {@code FutureTask} has a state between,
   * in which an error that comes just then leaves it, and whoever waits spins for good; and a
   * {@code CompletableFuture} takes memory to note that there was none.
   */
  private static final class Task<T> implements Runnable {
    private final Callable<T> work;
    private final Thread caller = Thread.currentThread();

    private T value;
    private Throwable thrown;

    /** Set behind {@link #value} or {@link #thrown}. */
    private volatile boolean ended;

    /** Nobody waits any more; if it has not begun, it need not. */
    private volatile boolean unwanted;

    Task(final Callable<T> work) {
      this.work = work;
    }

    @Override
    public void run() {
      if (unwanted) {
        return;
      }
      try {
        try {
          value = work.call();
        } finally {
          PendingFault.tell(); // before the executor locks anything
        }
      } catch (final Throwable e) {
        thrown = e;
      }
      ended = true;
      LockSupport.unpark(caller);
    }

    /** Waits, by the thread that made this; an interrupt is kept for later. */
    boolean endsWithin(final long nanos) {
      final long deadline = System.nanoTime() + nanos;
      boolean interrupted = false;
      try {
        for (long left = nanos; !ended && left > 0; left = deadline - System.nanoTime()) {
          LockSupport.parkNanos(this, left);
          interrupted |= Thread.interrupted();
        }
        return ended;
      } finally {
        if (interrupted) {
          caller.interrupt();
        }
      }
    }
  }

  private static IOException rethrown(final Throwable thrown) {
    if (thrown instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof IOException io ? io : new IOException(thrown);
  }
}
