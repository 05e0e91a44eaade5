package io.narthex.stress.room;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import java.io.File;
import java.nio.file.Path;

/**
 * Makes a file grow past a size by histograms of very many buckets, then its records by counters of
 * long labels, which so come to lie behind them; and counts once more on the oldest and the
 * youngest.
 *
 * <p>Arguments: the file, the size, the number of counters.
 */
public final class LargeFileWriter {
  static final int LABEL_LENGTH = 10_000;
  private static final int BUCKETS = 60_000;

  private LargeFileWriter() {}

  static MappedBackend open(final Path file) {
    return MappedBackend.builder(file).initialSize(8 << 20).stripes(1).maxSize(16L << 30).open();
  }

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    final long size = Long.parseLong(arguments[1]);
    final int counters = Integer.parseInt(arguments[2]);
    final File file = new File(arguments[0]);
    int histograms = 0;
    try (MetricRegistry registry = MetricRegistry.create(open(Path.of(arguments[0])))) {
      final Histogram histogram =
          Histogram.builder("h").labelNames("n").linearBuckets(1, 1, BUCKETS).register(registry);
      // A series that came while the file was slow to grow overflowed, and took no room.
      for (;
          (long) histograms * BUCKETS * Long.BYTES < size || file.length() <= size;
          histograms++) {
        histogram.labelValues(Integer.toString(histograms)).observe(histograms);
        if ((long) histograms * BUCKETS * Long.BYTES > file.length()) {
          Thread.sleep(20); // so that few more overflow before the file grows
        }
      }
      final Counter counter = Counter.builder("n_total").labelNames("n").register(registry);
      for (int n = 0; n < counters; n++) {
        counter.labelValues(label(n)).inc(n);
      }
      counter.labelValues(label(0)).inc(1_000);
      counter.labelValues(label(counters - 1)).inc(1_000);
      histogram.labelValues("0").observe(1_000);
      histogram.labelValues(Integer.toString(histograms - 1)).observe(1_000);
    }
    ChildMain.say("histograms: " + histograms);
  }

  /** A label value that is long and begins with its number. */
  private static String label(final int n) {
    return n + "x".repeat(LABEL_LENGTH);
  }
}
