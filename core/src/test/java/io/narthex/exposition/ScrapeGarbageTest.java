package io.narthex.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.HeapBackend;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ScrapeGarbageTest {
  @ParameterizedTest
  @EnumSource
  void shouldAllocateNothingPerSeries(final TextFormat format) throws IOException {
    final long less = allocatedByScrape(format, 10_000);
    final long more = allocatedByScrape(format, 20_000);

    // A byte for each of the series between them would be 10,000.
    assertThat(more - less).as("from %s bytes to %s", less, more).isLessThan(1_000);
  }

  private static long allocatedByScrape(final TextFormat format, final int series)
      throws IOException {
    try (MetricRegistry registry = MetricRegistry.create(HeapBackend.create())) {
      final Counter counter = Counter.builder("c").labelNames("n").register(registry);
      final Gauge gauge = Gauge.builder("g").labelNames("n").register(registry);
      final Histogram histogram = Histogram.builder("h").labelNames("n").register(registry);
      for (int i = 0; i < series / 3; i++) {
        counter.labelValues("" + i).inc(i);
        gauge.labelValues("" + i).set(Math.sqrt(i));
        histogram.labelValues("" + i).observe(i / 1000.0);
      }
      final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long least = Long.MAX_VALUE;
      // The first ones prepare texts and are interpreted.
      for (int i = 0; i < 10; i++) {
        final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        format.write(registry, OutputStream.nullOutputStream());
        final long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        least = Math.min(least, after - before);
      }
      return least;
    }
  }
}
