package io.narthex;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.narthex.backend.Backend;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens for each request, and for each series at a scrape, makes no garbage. */
public abstract class GarbageContract {
  private static final int CALLS = 20_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private MetricRegistry registry;

  /** For subclasses. */
  protected GarbageContract() {}

  /** Makes a backend that holds nothing. */
  protected abstract Backend create();

  @BeforeEach
  final void open() {
    registry = MetricRegistry.create(create());
  }

  @AfterEach
  final void close() {
    registry.close();
  }

  /** The first rounds compile and warm up; in the last ones there is nothing left to allocate. */
  private static void assertNoGarbage(final Runnable call) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20 && least > 0; round++) {
      final long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      final long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      least = Math.min(least, after - before);
    }
    // The measurement itself may allocate a little, but not with each call.
    assertThat(least).isLessThan(CALLS);
  }

  private Counter counter(final String... labels) {
    return Counter.builder("c" + labels.length).labelNames(labels).register(registry);
  }

  @Test
  void shouldIncrementWithoutGarbage() {
    final Counter counter = counter();
    final Counter view =
        Counter.builder("v").labelNames("a").defaultLabel("a", "1").register(registry);
    final Gauge gauge = Gauge.builder("g").register(registry);
    assertNoGarbage(counter::inc);
    assertNoGarbage(() -> counter.inc(3));
    assertNoGarbage(() -> counter.inc(0.5));
    assertNoGarbage(view::inc);
    assertNoGarbage(() -> gauge.set(0.5));
    assertNoGarbage(() -> gauge.inc(0.5));
  }

  @Test
  void shouldLookUpLabelsWithoutGarbage() {
    final Counter one = counter("a");
    final Counter two = counter("a", "b");
    final Counter three = counter("a", "b", "c");
    final Counter four = counter("a", "b", "c", "d");
    assertNoGarbage(() -> one.labelValues("1").inc());
    assertNoGarbage(() -> two.labelValues("1", "2").inc());
    assertNoGarbage(() -> three.labelValues("1", "2", "3").inc());
    assertNoGarbage(() -> four.labelValues("1", "2", "3", "4").inc());
  }

  @Test
  void shouldFinishPartialViewsWithoutGarbage() {
    final Counter one = counter("a");
    final Counter two = counter("a", "b").labels("b", "2");
    final Counter four = counter("a", "b", "c", "d").labels("a", "1", "b", "2", "d", "4");
    final Counter child = two.labels("a", "1");
    assertNoGarbage(() -> one.labels("a", "1").inc());
    assertNoGarbage(() -> two.labels("a", "1").inc());
    assertNoGarbage(() -> four.labels("c", "3").inc());
    assertNoGarbage(() -> child.labels("a", "2").inc());
  }

  @Test
  void shouldObserveWithoutGarbage() {
    final Histogram histogram = Histogram.builder("h").labelNames("a").register(registry);
    final Summary summary = Summary.builder("s").register(registry);
    assertNoGarbage(() -> histogram.labelValues("1").observe(0.3));
    assertNoGarbage(() -> summary.observe(0.3));
  }

  @Test
  void shouldVisitSeriesWithoutGarbage() {
    final Counter counters = counter("a");
    final Histogram histograms = Histogram.builder("h").labelNames("a").register(registry);
    for (int i = 0; i < 1_000; i++) {
      counters.labelValues("v" + i).inc();
      histograms.labelValues("v" + i).observe(i);
    }
    final long[] costs = new long[20];
    final Looking visitor = new Looking();
    for (int round = 0; round < costs.length; round++) {
      final long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      registry.visit(visitor);
      costs[round] = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
    Arrays.sort(costs);
    assertThat(visitor.seen).isEqualTo(costs.length * 2_000);
    // A few objects for each scrape, and less than 8 bytes for each series.
    assertThat(costs[0]).isLessThan(12_000);
  }

  private static final class Looking implements SeriesVisitor<RuntimeException> {
    private final byte[] text = new byte[100];
    private boolean distribution;
    private boolean own;
    private int seen;

    @Override
    public boolean family(final FamilyDescriptor family) {
      distribution = family.boundCount() > 0;
      own = family.name().startsWith("narthex_");
      return true;
    }

    @Override
    public void series(final Series series) {
      series.copyLabels(text, 0);
      final double value = distribution ? series.bucket(0) + series.sum() : series.value();
      if (value >= 0 && !own) {
        seen++;
      }
    }
  }
}
