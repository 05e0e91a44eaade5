package io.narthex.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.HeapBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ScrapeUnderChangeTest {
  private static final int SCRAPES = 50;

  private final MetricRegistry registry = MetricRegistry.create(HeapBackend.create());
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void shouldWriteWholePagesWhileEverythingChanges() throws Exception {
    final ExecutorService threads = Executors.newCachedThreadPool();
    try {
      final List<Future<?>> changers =
          List.of(threads.submit(() -> change(1)), threads.submit(() -> change(2)));
      final List<Future<?>> scrapers = new ArrayList<>();
      for (final TextFormat format : TextFormat.values()) {
        scrapers.add(threads.submit(() -> scrape(format)));
      }
      for (final Future<?> scraper : scrapers) {
        scraper.get();
      }
      over.set(true);
      for (final Future<?> changer : changers) {
        changer.get();
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
    assertThat(
            ParsedPage.of(
                    FixedFamilies.page(TextFormat.PROMETHEUS, registry), TextFormat.PROMETHEUS)
                .types)
        .containsEntry("steady_total", "counter");
  }

  private void scrape(final TextFormat format) {
    for (int i = 0; i < SCRAPES; i++) {
      ParsedPage.of(FixedFamilies.page(format, registry), format);
    }
  }

  private void change(final int seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final Counter steady = Counter.builder("steady").labelNames("n").register(registry);
    final Histogram took = Histogram.builder("took").labelNames("n").register(registry);
    while (!over.get()) {
      final String label = "" + random.nextInt(100);
      switch (random.nextInt(6)) {
        case 0 -> steady.remove(label);
        case 1 -> took.remove(label);
        case 2 -> steady.labelValues(label).inc(0.1);
        case 3 -> {
          final String name = "passing_" + random.nextInt(10);
          Gauge.builder(name).labelNames("n").register(registry).labelValues(label).set(1);
        }
        case 4 -> registry.unregister("passing_" + random.nextInt(10));
        default -> took.labelValues(label).observe(random.nextDouble());
      }
    }
  }
}
