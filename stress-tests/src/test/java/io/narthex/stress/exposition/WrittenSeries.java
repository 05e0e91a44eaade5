package io.narthex.stress.exposition;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Ledger;
import java.util.ArrayList;
import java.util.List;

/** Counters and histograms, and the threads that update them all in turn while they are let to. */
final class WrittenSeries {
  static final String COUNTED = "storm_counted_total";
  static final String OBSERVED = "storm_observed";
  static final int BUCKETS = 11;
  static final int THREADS = 2;

  /** Words of the ledger: how many updates of a thread returned. */
  static final int COUNTS = 0;

  static final int OBSERVATIONS = 1;

  /** So many series are one histogram. */
  private static final int HISTOGRAM_SHARE = 10;

  /** Updates between two looks at whether to go on, so that the ledger costs next to nothing. */
  private static final int BATCH = 64;

  private final Counter[] counters;
  private final Histogram[] histograms;
  private final Ledger ledger;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;

  WrittenSeries(final MetricRegistry registry, final int series, final Ledger ledger) {
    this.ledger = ledger;
    final Counter counted =
        Counter.builder(COUNTED)
            .help("Updates that the storm must not hold up.")
            .labelNames("path", "status")
            .register(registry);
    final Histogram observed =
        Histogram.builder(OBSERVED)
            .help("Observations that the storm must not hold up.")
            .labelNames("path")
            .linearBuckets(1, 1, BUCKETS - 1)
            .register(registry);
    this.histograms = new Histogram[histograms(series)];
    this.counters = new Counter[counters(series)];
    for (int i = 0; i < counters.length; i++) {
      counters[i] = counted.labelValues("/orders/" + i, "200");
    }
    for (int i = 0; i < histograms.length; i++) {
      histograms[i] = observed.labelValues("/orders/" + i);
    }
  }

  /** How many of so many series are histograms. */
  static int histograms(final int series) {
    return series / HISTOGRAM_SHARE;
  }

  static int counters(final int series) {
    return series - histograms(series);
  }

  /** Lets the threads go. */
  void run() {
    running = true;
    for (int t = 0; t < THREADS; t++) {
      final int thread = t;
      final Thread writer = new Thread(() -> write(thread), "writer-" + t);
      threads.add(writer);
      writer.start();
    }
  }

  /** Ends the threads; the ledger then has all that they did. */
  void pause() throws InterruptedException {
    running = false;
    for (final Thread thread : threads) {
      thread.join();
    }
    threads.clear();
  }

  private void write(final int thread) {
    try {
      long counts = ledger.load(thread, COUNTS);
      long observations = ledger.load(thread, OBSERVATIONS);
      int counter = 0;
      int histogram = 0;
      while (running) {
        for (int i = 0; i < BATCH; i++) {
          counters[counter].inc();
          counter = counter + 1 < counters.length ? counter + 1 : 0;
        }
        counts += BATCH;
        ledger.store(thread, COUNTS, counts);
        for (int i = 0; i < BATCH / 8; i++) {
          histograms[histogram].observe(i + 4);
          histogram = histogram + 1 < histograms.length ? histogram + 1 : 0;
        }
        observations += BATCH / 8;
        ledger.store(thread, OBSERVATIONS, observations);
      }
    } catch (final RuntimeException | Error e) {
      ChildMain.fail(e);
    }
  }
}
