package io.narthex.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.Summary;
import io.narthex.backend.Threads;
import io.narthex.exposition.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

/** With the real pytheus on the other side, where there is one. */
final class PytheusInteropTest {
  /** The metrics of both sides, in Python. */
  private static final String METRICS =
      """
      names = ["method", "status"]
      orders = Counter("orders", "Orders.", registry=registry)
      requests = Counter("http_requests_total", "Requests.", required_labels=names,
                         default_labels={"status": "200"}, registry=registry)
      depth = Gauge("depth", "Depth.", required_labels=["queue"], registry=registry)
      times = Histogram("time_seconds", "Time.", required_labels=names, registry=registry)
      plain = Histogram("plain_seconds", "Time.", buckets=[1e-05, 1.0, 10.0], registry=registry)
      sizes = Summary("size_bytes", "Size.", required_labels=["path"], registry=registry)
      """;

  private static final String COUNT =
      """
      orders.inc(2)
      requests.labels(method="GET").inc(3)
      requests.labels(method="P\\u00fcT\\"\\\\", status="404").inc(0.5)
      depth.labels(queue="mail").set(7)
      times.labels(method="GET", status="200").observe(0.3)
      times.labels(status="500", method="GET").observe(70)
      plain.observe(0.5)
      sizes.labels(path="/").observe(512)
      """;

  private static RedisProcesses redis;

  private MetricRegistry registry;

  @BeforeAll
  static void start() {
    PytheusProcess.assumeInstalled();
    redis = RedisProcesses.start();
  }

  @AfterAll
  static void stop() {
    if (redis != null) {
      redis.close();
    }
  }

  @BeforeEach
  void connect() {
    redis.empty();
    open(RedisBackend.Mode.BUFFERED);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private void open(final RedisBackend.Mode mode) {
    registry =
        MetricRegistry.create(
            RedisBackend.builder(redis.uri())
                .layout(RedisBackend.Layout.PYTHEUS)
                .mode(mode)
                .flushInterval(Duration.ofMillis(50))
                .connect());
  }

  /** The same metrics in Java, and the same amounts. */
  private void count() {
    Counter.builder("orders").register(registry).inc(2);
    final Counter requests =
        Counter.builder("http_requests_total")
            .labelNames("status", "method")
            .defaultLabel("status", "200")
            .register(registry);
    requests.labels("method", "GET").inc(3);
    requests.labels("method", "PüT\"\\", "status", "404").inc(0.5);
    Gauge.builder("depth").labelNames("queue").register(registry).labelValues("mail").inc(7);
    final Histogram times =
        Histogram.builder("time_seconds").labelNames("method", "status").register(registry);
    times.labelValues("GET", "200").observe(0.3);
    times.labelValues("GET", "500").observe(70);
    Histogram.builder("plain_seconds").buckets(1e-5, 1, 10).register(registry).observe(0.5);
    Summary.builder("size_bytes")
        .labelNames("path")
        .register(registry)
        .labelValues("/")
        .observe(512);
  }

  private List<String> page() {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TextFormat.PROMETHEUS.write(registry, out);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#") && !line.startsWith("narthex_"))
        .toList();
  }

  /** Samples by name and labels, whatever the order of these; fails on one that comes twice. */
  private static Map<String, Double> samples(final List<String> lines) {
    final Map<String, Double> samples = new TreeMap<>();
    for (final String line : lines) {
      final int space = line.lastIndexOf(' ');
      final double value =
          Double.parseDouble(line.substring(space + 1).replace("+Inf", "Infinity"));
      assertThat(samples.put(normal(line.substring(0, space)), value)).as(line).isNull();
    }
    return samples;
  }

  private static String normal(final String series) {
    final int brace = series.indexOf('{');
    final String name = (brace < 0 ? series : series.substring(0, brace)).replace("_total", "");
    if (brace < 0) {
      return name;
    }
    final String[] labels =
        series
            .substring(brace + 1, series.length() - 1)
            .replaceAll("le=\"(-?\\d+)\"", "le=\"$1.0\"") // int bounds
            .split(",");
    Arrays.sort(labels);
    return name + List.of(labels);
  }

  @Test
  void shouldGoOnWherePythonBegan() {
    PytheusProcess.run(redis.uri(), METRICS + COUNT);
    final List<String> keys;
    try (Jedis client = redis.client()) {
      keys = List.copyOf(RedisDump.of(client).keySet());
    }
    count();
    final Map<String, Double> ours = samples(page());

    assertThat(ours)
        .containsEntry("orders", 4.0)
        .containsEntry("http_requests[method=\"GET\", status=\"200\"]", 6.0)
        .containsEntry("http_requests[method=\"PüT\\\"\\\\\", status=\"404\"]", 1.0)
        .containsEntry("depth[queue=\"mail\"]", 14.0)
        .containsEntry("time_seconds_bucket[le=\"0.25\", method=\"GET\", status=\"200\"]", 0.0)
        .containsEntry("time_seconds_bucket[le=\"0.5\", method=\"GET\", status=\"200\"]", 2.0)
        .containsEntry("time_seconds_sum[method=\"GET\", status=\"500\"]", 140.0)
        .containsEntry("plain_seconds_bucket[le=\"1.0\"]", 2.0)
        .containsEntry("size_bytes_count[path=\"/\"]", 2.0);
    assertThat(samples(PytheusProcess.run(redis.uri(), METRICS + "page()"))).isEqualTo(ours);
    try (Jedis client = redis.client()) {
      assertThat(RedisDump.of(client).keySet()).containsExactlyElementsOf(keys);
    }
  }

  @Test
  void shouldLetPythonGoOnWhereJavaBegan() {
    final Counter orders = Counter.builder("orders").register(registry);
    final Counter requests =
        Counter.builder("http_requests_total").labelNames("status", "method").register(registry);
    final Histogram times =
        Histogram.builder("time_seconds").labelNames("method", "status").register(registry);
    orders.inc(2);
    requests.labelValues("200", "GET").inc(3);
    times.labelValues("GET", "200").observe(0.3);
    page();

    final String python =
        """
        orders = Counter("orders", "Orders.", registry=registry)
        requests = Counter("http_requests_total", "Requests.", required_labels=["method", "status"],
                           default_labels={"status": "200"}, registry=registry)
        times = Histogram("time_seconds", "Time.", required_labels=["method", "status"],
                          registry=registry)
        orders.inc(2)
        requests.labels(method="GET").inc(3)
        times.labels(method="GET", status="200").observe(0.3)
        page()
        """;
    final Map<String, Double> theirs = samples(PytheusProcess.run(redis.uri(), python));
    assertThat(theirs)
        .containsEntry("orders", 4.0)
        .containsEntry("http_requests[method=\"GET\", status=\"200\"]", 6.0)
        .containsEntry("time_seconds_count[method=\"GET\", status=\"200\"]", 2.0);
    assertThat(samples(page())).isEqualTo(theirs);
  }

  @ParameterizedTest
  @EnumSource(RedisBackend.Mode.class)
  void shouldLoseAndDoubleNothingWhereBothCountAtOnce(final RedisBackend.Mode mode) {
    registry.close();
    open(mode);
    final String python =
        METRICS
            + """
            one = requests.labels(method="GET")
            time = times.labels(method="GET", status="200")
            server = MultiProcessRedisBackend.CONNECTION_POOL
            server.set("ready", 1)
            for i in range(1500):
                one.inc(0.5)
                orders.inc()
                time.observe(0.3)
            page()
            """;
    final Counter orders = Counter.builder("orders").register(registry);
    final Counter requests =
        Counter.builder("http_requests_total").labelNames("method", "status").register(registry);
    final Histogram times =
        Histogram.builder("time_seconds").labelNames("method", "status").register(registry);
    final int rounds = mode == RedisBackend.Mode.DIRECT ? 500 : 50_000;
    try (PytheusProcess process = PytheusProcess.start(redis.uri(), python);
        Jedis client = redis.client()) {
      final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!client.exists("ready") && System.nanoTime() < deadline) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      Threads.run(
          4,
          number -> {
            for (int i = 0; i < rounds; i++) {
              orders.inc();
              requests.labelValues("GET", "200").inc(0.5);
              times.labelValues("GET", "200").observe(3);
              if (i % (rounds / 10) == 0) {
                page();
              }
            }
          });
      process.samples();
    }

    final double java = 4.0 * rounds;
    final Map<String, Double> ours = samples(page());
    assertThat(ours)
        .containsEntry("orders", java + 1500)
        .containsEntry("http_requests[method=\"GET\", status=\"200\"]", (java + 1500) / 2)
        .containsEntry("time_seconds_bucket[le=\"0.5\", method=\"GET\", status=\"200\"]", 1500.0)
        .containsEntry("time_seconds_count[method=\"GET\", status=\"200\"]", java + 1500);
    final Map<String, Double> theirs = samples(PytheusProcess.run(redis.uri(), METRICS + "page()"));
    assertThat(theirs).containsAllEntriesOf(ours);
  }
}
