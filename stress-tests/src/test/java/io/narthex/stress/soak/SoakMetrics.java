package io.narthex.stress.soak;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import java.nio.file.Path;

/** The metrics that all processes of the soak share. A bounded number of series, all of them. */
final class SoakMetrics {
  static final int ITEMS = 500;

  /** Small, so that the notes of removals make the file grow. */
  private static final long INITIAL_SIZE = 1L << 20;

  final MetricRegistry registry;
  final Counter requests;
  final Counter halves;
  final Counter items;
  final Histogram latency;
  final Gauge busy;
  final Gauge last;

  private SoakMetrics(final MetricRegistry registry) {
    this.registry = registry;
    this.requests = Counter.builder("requests").register(registry);
    this.halves = Counter.builder("halves").register(registry);
    this.items = Counter.builder("items").labelNames("item").register(registry);
    this.latency = Histogram.builder("latency").buckets(1, 2, 3).register(registry);
    this.busy = Gauge.builder("busy").mode(GaugeMode.LIVE_SUM).register(registry);
    this.last = Gauge.builder("last").mode(GaugeMode.MOST_RECENT).register(registry);
  }

  static SoakMetrics open(final Path file) {
    return new SoakMetrics(
        MetricRegistry.create(MappedBackend.builder(file).initialSize(INITIAL_SIZE).open()));
  }

  Counter item(final long number) {
    return items.labelValues("item-" + Math.floorMod(number, (long) ITEMS));
  }

  /** What a request does; each update that is acknowledged is one in {@link #requests}. */
  void serve(final long number) {
    busy.inc();
    requests.inc();
    halves.inc(0.5);
    item(number).inc();
    latency.observe((double) (number & 3));
    last.set((double) number);
    busy.dec();
  }
}
