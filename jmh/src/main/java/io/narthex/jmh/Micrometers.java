package io.narthex.jmh;

import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Micrometer as Prometheus is served by it: with its defaults. */
final class Micrometers {
  private Micrometers() {}

  static PrometheusMeterRegistry registry() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  /** A counter with one tag. */
  static Counter jobs(final PrometheusMeterRegistry registry, final String queue) {
    return registry.counter("jobs", "queue", queue);
  }
}
