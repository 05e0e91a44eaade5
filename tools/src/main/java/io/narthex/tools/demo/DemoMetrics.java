package io.narthex.tools.demo;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.Info;
import io.narthex.MetricRegistry;
import io.narthex.tools.Version;

/** What one worker counts, as its views of metrics that all workers share. */
final class DemoMetrics {
  static final String REQUESTS = "demo_requests";
  static final String DURATION = "demo_request_duration_seconds";
  static final String WORKER = "worker";
  static final String STATUS = "status";
  static final String METHOD = "method";

  /** Lacks the labels {@code method} and {@code status}. */
  final Counter requests;

  final Histogram duration;
  final Gauge inFlight;

  DemoMetrics(final MetricRegistry registry, final String worker) {
    requests =
        Counter.builder(REQUESTS)
            .help("Requests served.")
            .labelNames(WORKER, METHOD, STATUS)
            .register(registry)
            .labels(WORKER, worker);
    duration =
        Histogram.builder(DURATION)
            .help("Time from the arrival of a request to its answer.")
            .unit("seconds")
            .labelNames(WORKER)
            .buckets(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1)
            .register(registry)
            .labelValues(worker);
    inFlight =
        Gauge.builder("demo_requests_in_flight")
            .help("Requests being served by the workers that are alive.")
            .mode(GaugeMode.LIVE_SUM)
            .register(registry);
    inFlight.set(0);
    Info.builder("demo_build")
        .help("The version of the workers.")
        .labelNames("version")
        .register(registry)
        .labelValues(Version.text())
        .set();
  }
}
