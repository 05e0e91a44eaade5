package io.narthex.tools.serve;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.HeapBackend;
import io.narthex.tools.reading.Reading;

/** What the sidecar tells of itself, beside what the files say. */
final class ServeMeters implements AutoCloseable {
  private static final String PREFIX = "narthex_serve_";

  private final MetricRegistry registry =
      MetricRegistry.builder().backend(HeapBackend.create()).prefix(PREFIX).build();

  /** Of answers to /metrics, until the client has them. */
  final Histogram duration =
      Histogram.builder("scrape_duration_seconds")
          .help("Time from a scrape's arrival until its page was sent.")
          .unit("seconds")
          .buckets(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
          .register(registry);

  final Counter bytes =
      Counter.builder("page_bytes")
          .help("Bytes of pages sent, as compressed as they were.")
          .unit("bytes")
          .register(registry);

  final Gauge series =
      Gauge.builder("series")
          .help("Series of the files when all of them were last read.")
          .register(registry);

  final Gauge files = Gauge.builder("files").help("Files that are served.").register(registry);

  final Gauge fileBytes =
      Gauge.builder("file_bytes")
          .help("Size of the files that are served.")
          .unit("bytes")
          .register(registry);

  final Gauge badFiles =
      Gauge.builder("bad_files")
          .help("Files that cannot be read, or are no mapped files, and are left out.")
          .register(registry);

  final Gauge leftOut =
      Gauge.builder("left_out_families")
          .help("Metrics of one file that are left out, as another file has that name otherwise.")
          .register(registry);

  /** All of it, and not what the engine says of the heap that it is kept on. */
  Reading read() {
    return Reading.of(registry, family -> family.name().startsWith(PREFIX));
  }

  @Override
  public void close() {
    registry.close();
  }
}
