package io.narthex.jmh;

import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Two threads on one counter, drawn at random from 64: what neither a pool's consecutive ids nor an
 * adder's rehashing makes easy. Fair: in each iteration all draw the same pairs. The unit is one
 * increment of the slower thread; waking the two is less than a hundredth of it.
 */
public class RandomPairsBenchmark extends NanosPerCall {
  private static final int THREADS = 64;
  private static final int CALLS = 2_000_000;

  /** The threads. */
  @State(Scope.Benchmark)
  public static class Pairs {
    private final ExecutorService[] threads = new ExecutorService[THREADS];
    private final Random random = new Random();
    private int iterations;

    /** Starts the threads one after the other. */
    @Setup
    public void start() throws ExecutionException, InterruptedException {
      for (int i = 0; i < THREADS; i++) {
        threads[i] = Executors.newSingleThreadExecutor();
        threads[i].submit(() -> {}).get();
      }
    }

    /** Lets each library draw the same pairs, however many it comes to in an iteration. */
    @Setup(Level.Iteration)
    public void seed() {
      random.setSeed(++iterations);
    }

    void run(final Runnable loop) throws ExecutionException, InterruptedException {
      final int one = random.nextInt(THREADS);
      final int other = (one + 1 + random.nextInt(THREADS - 1)) % THREADS;
      final Future<?> first = threads[one].submit(loop);
      final Future<?> second = threads[other].submit(loop);
      first.get();
      second.get();
    }

    /** Ends the threads. */
    @TearDown
    public void stop() {
      for (final ExecutorService thread : threads) {
        thread.shutdown();
      }
    }
  }

  /** Ours. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void inc(final Pairs pairs, final CounterBenchmark.Ours ours)
      throws ExecutionException, InterruptedException {
    pairs.run(
        () -> {
          for (int i = 0; i < CALLS; i++) {
            ours.child.inc();
          }
        });
  }

  /** client_java. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void incClientJava(final Pairs pairs, final CounterBenchmark.ClientJava peer)
      throws ExecutionException, InterruptedException {
    pairs.run(
        () -> {
          for (int i = 0; i < CALLS; i++) {
            peer.child.inc();
          }
        });
  }

  /** The JDK. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void incLongAdder(final Pairs pairs, final CounterBenchmark.Jdk jdk)
      throws ExecutionException, InterruptedException {
    pairs.run(
        () -> {
          for (int i = 0; i < CALLS; i++) {
            jdk.longs.increment();
          }
        });
  }
}
