package io.narthex.jmh.harness;

import io.narthex.MetricRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Ours, where each JVM makes the counters that it wants.
 *
 * @param where for the JVMs
 * @param viewer opens it to look
 * @param owned is closed at the end
 */
record NarthexGround(String where, Supplier<MetricRegistry> viewer, Closeable owned)
    implements Ground {
  @Override
  public void make(final String metric, final String child) {
    // Whoever comes first does.
  }

  @Override
  public Map<String, Double> totals() {
    try (MetricRegistry registry = viewer.get()) {
      return Totals.of(registry);
    }
  }

  @Override
  public void close() throws IOException {
    owned.close();
  }
}
