package io.narthex.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.Info;
import io.narthex.MetricRegistry;
import io.narthex.backend.HeapBackend;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether a Prometheus server that scrapes us answers queries with what we counted. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PrometheusServerTest {
  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");

  /** Kills the server at the end of the input, which comes when this JVM ends, however it does. */
  private static final String LEASH =
      "trap '' INT HUP; \"$0\" \"$@\" & read -r word; kill -KILL $!; wait";

  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @Test
  void shouldBeScrapedByPrometheus(@TempDir final Path directory) throws Exception {
    if (!Files.isExecutable(PROMETHEUS)) {
      Tool.skip(PROMETHEUS + " is not installed; Debian has it as prometheus");
    }
    try (MetricRegistry registry = MetricRegistry.create(HeapBackend.create());
        MetricsServer server = MetricsServer.start(registry, 0)) {
      Counter.builder("served").labelNames("path").register(registry).labelValues("/\"é\\").inc(42);
      final Histogram took = Histogram.builder("took_seconds").buckets(0.5, 1e6).register(registry);
      took.observe(0.25);
      took.observe(2);
      Info.builder("build").labelNames("version").register(registry).labelValues("1.2").set();

      final Process prometheus = start(directory, server.port());
      try {
        awaitAnswer("served_total", "\"42\"");
        assertThat(answer("served_total")).contains("\"path\":\"/\\\"é\\\\\"");
        assertThat(answer("took_seconds_bucket{le=\"1e+06\"}")).contains("\"2\"");
        assertThat(answer("took_seconds_sum")).contains("\"2.25\"");
        assertThat(answer("build_info{version=\"1.2\"}")).contains("\"1\"");
        assertThat(answer("up{job=\"narthex\"}")).contains("\"1\"");
      } finally {
        prometheus.getOutputStream().close();
        prometheus.waitFor();
      }
    }
  }

  private Process start(final Path directory, final int target) throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    final Path configuration =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 500ms, scrape_timeout: 500ms}
            scrape_configs:
              - job_name: narthex
                static_configs: [{targets: ["127.0.0.1:%d"]}]
            """
                .formatted(target));
    return new ProcessBuilder(
            "sh",
            "-c",
            LEASH,
            PROMETHEUS.toString(),
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + directory.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start();
  }

  /** The guard of this class limits for how long. */
  private void awaitAnswer(final String query, final String expected) throws Exception {
    while (true) {
      try {
        if (answer(query).contains(expected)) {
          return;
        }
      } catch (final IOException e) {
        // Not up yet.
      }
      Thread.sleep(100);
    }
  }

  private String answer(final String query) throws IOException, InterruptedException {
    final String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    final URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + encoded);
    return client
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString(StandardCharsets.UTF_8))
        .body();
  }
}
