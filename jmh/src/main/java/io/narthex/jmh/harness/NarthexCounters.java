package io.narthex.jmh.harness;

import io.narthex.Counter;
import io.narthex.MetricRegistry;

/** Ours, on whichever backend. */
final class NarthexCounters implements Counters {
  private final MetricRegistry registry;

  NarthexCounters(final MetricRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Runnable counter(final String metric, final String child) {
    final Counter counter =
        Counter.builder(metric).labelNames("child").register(registry).labelValues(child);
    return counter::inc;
  }

  @Override
  public void close() {
    registry.close();
  }
}
