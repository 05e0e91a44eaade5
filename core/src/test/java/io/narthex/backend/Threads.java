package io.narthex.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a task in several threads at once. */
public final class Threads {
  private static final int SECONDS = 60;

  private Threads() {}

  /** What one of the threads does. */
  @FunctionalInterface
  public interface Task {
    /** Does it; {@code number} counts the threads from 0. */
    void run(int number) throws Exception;
  }

  /** Runs the task {@code count} times side by side; fails as the first of them that does. */
  public static void run(final int count, final Task task) {
    final ExecutorService pool = Executors.newFixedThreadPool(count);
    try {
      final CyclicBarrier start = new CyclicBarrier(count);
      final List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        final int number = i;
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  task.run(number);
                  return null;
                }));
      }
      for (final Future<?> one : all) {
        one.get(SECONDS, TimeUnit.SECONDS);
      }
    } catch (final InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("a thread failed or hung", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
