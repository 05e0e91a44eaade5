package io.narthex.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.Info;
import io.narthex.MetricConflictException;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.StateSet;
import io.narthex.Summary;
import io.narthex.backend.Backend;
import io.narthex.exposition.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Against what a real pytheus left, see {@code pytheus/README.md} in the resources. */
final class PytheusLayoutTest {
  private static final String GET_200 = "{\"method\": \"GET\", \"status\": \"200\"}";
  private static final String GET_200_TURNED = "{\"status\": \"200\", \"method\": \"GET\"}";

  private static RedisProcesses redis;

  private Jedis client;
  private MetricRegistry registry;

  @BeforeAll
  static void start() {
    redis = RedisProcesses.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void connect() {
    redis.empty();
    client = redis.client();
    registry = MetricRegistry.create(backend(Duration.ofHours(1)));
  }

  @AfterEach
  void close() {
    registry.close();
    client.close();
  }

  private static Backend backend(final Duration expiry) {
    return RedisBackend.builder(redis.uri())
        .layout(RedisBackend.Layout.PYTHEUS)
        .flushInterval(Duration.ofMillis(100))
        .expireKeyTime(expiry)
        .connect();
  }

  /** The samples of a page without the engine's own; it carries what is pending first. */
  private List<String> page() {
    return page(registry);
  }

  private static List<String> page(final MetricRegistry registry) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TextFormat.PROMETHEUS.write(registry, out);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#") && !line.startsWith("narthex_"))
        .map(line -> line.endsWith(".0") ? line.substring(0, line.length() - 2) : line)
        .toList();
  }

  /** What is in Redis once everything was carried. */
  private Map<String, String> carried() {
    page();
    return RedisDump.of(client);
  }

  private Counter requests() {
    return Counter.builder("http_requests_total").labelNames("method", "status").register(registry);
  }

  // ---- what pytheus left

  @Test
  void shouldGoOnWithCounter() {
    RedisDump.load("counter.json", client);
    final Counter orders = Counter.builder("orders").register(registry);
    final Counter idle = Counter.builder("idle_total").register(registry);
    assertThat(page()).containsExactly("idle_total 0", "orders_total 3.5");

    orders.inc(1.25);
    idle.inc();
    assertThat(carried()).isEqualTo(Map.of("orders", "4.75", "idle_total", "1"));
    assertThat(orders.value()).isEqualTo(4.75);
  }

  @Test
  void shouldGoOnWithLabelledCounterInFieldsThatAreThere() {
    RedisDump.load("counter-labels.json", client);
    final Counter requests = requests();
    assertThat(page())
        .containsExactly(
            "http_requests_total{method=\"GET\",status=\"200\"} 3",
            "http_requests_total{method=\"GET\",status=\"404\"} 1",
            "http_requests_total{method=\"PUT\",status=\"201\"} 0.5");

    requests.labelValues("GET", "200").inc();
    requests.labelValues("GET", "404").inc();
    requests.labelValues("PUT", "201").inc();
    requests.labelValues("GET", "500").inc(2);
    assertThat(carried())
        .isEqualTo(
            Map.of(
                "http_requests_total " + GET_200,
                "4",
                "http_requests_total {\"status\": \"404\", \"method\": \"GET\"}",
                "2",
                "http_requests_total {\"method\": \"PUT\", \"status\": \"201\"}",
                "1.5",
                "http_requests_total {\"method\": \"GET\", \"status\": \"500\"}",
                "2"));
  }

  @Test
  void shouldAddUpFieldsThatMeanOneSeriesAndWriteToOneOfThem() {
    RedisDump.load("counter-two-orders.json", client);
    final Counter requests = requests();
    assertThat(page()).containsExactly("http_requests_total{method=\"GET\",status=\"200\"} 7");

    requests.labelValues("GET", "200").inc(10);
    assertThat(carried())
        .isEqualTo(
            Map.of(
                "http_requests_total " + GET_200_TURNED, "13",
                "http_requests_total " + GET_200, "4"));
    assertThat(requests.labelValues("GET", "200").value()).isEqualTo(17);
  }

  @Test
  void shouldGoOnWithDefaultLabels() {
    RedisDump.load("defaults.json", client);
    final Counter requests =
        Counter.builder("http_requests_total")
            .labelNames("method", "status")
            .defaultLabel("status", "200")
            .register(registry);
    final Counter jobs = Counter.builder("jobs").labelNames("method", "status").register(registry);
    requests.labels("method", "GET").inc();
    requests.labels("method", "GET", "status", "404").inc();
    jobs.labelValues("GET", "200").inc();
    jobs.labelValues("GET", "500").inc();

    assertThat(carried())
        .isEqualTo(
            Map.of(
                "http_requests_total " + GET_200_TURNED,
                "4",
                "http_requests_total {\"status\": \"404\", \"method\": \"GET\"}",
                "3",
                "jobs " + GET_200,
                "8",
                "jobs {\"method\": \"GET\", \"status\": \"500\"}",
                "2"));
  }

  @Test
  void shouldGoOnWithAnyLabelValue() {
    RedisDump.load("odd-values.json", client);
    final Map<String, String> before = RedisDump.of(client);
    final Counter odd = Counter.builder("odd").labelNames("l").register(registry);
    final List<String> values =
        List.of(
            "",
            " ",
            "\"",
            "\\",
            "\n",
            "\\n",
            "\t\r\b\f",
            "\0\u001f\u007f",
            "/",
            "é",
            "ü€🎉",
            "}",
            "a\",\"m\":\"b",
            "\u2028");
    for (int i = 0; i < values.size(); i++) {
      assertThat(odd.labelValues(values.get(i)).value()).isEqualTo(i + 1);
      odd.labelValues(values.get(i)).inc(100);
    }

    final Map<String, String> expected = new TreeMap<>();
    before.forEach(
        (key, value) -> expected.put(key, "1" + (value.length() == 1 ? "0" : "") + value));
    assertThat(carried()).isEqualTo(expected);
  }

  @Test
  void shouldGoOnWithCompactFields() {
    RedisDump.load("compact.json", client);
    final Counter requests = requests();
    requests.labelValues("GET", "200").inc();
    requests.labelValues("GET", "é").inc();

    assertThat(carried())
        .isEqualTo(
            Map.of(
                "http_requests_total {\"method\":\"GET\",\"status\":\"200\"}", "4",
                "http_requests_total {\"method\":\"GET\",\"status\":\"é\"}", "3.5"));
  }

  @Test
  void shouldGoOnWithGauges() {
    RedisDump.load("gauge.json", client);
    final Gauge depth = Gauge.builder("depth").register(registry);
    final Gauge queues = Gauge.builder("queue_depth").labelNames("queue").register(registry);
    assertThat(page())
        .containsExactly(
            "depth 3.5",
            "queue_depth{queue=\"down\"} -4",
            "queue_depth{queue=\"hot\"} +Inf",
            "queue_depth{queue=\"huge\"} 1e+22",
            "queue_depth{queue=\"mail\"} 12.25",
            "queue_depth{queue=\"none\"} NaN",
            "queue_depth{queue=\"print\"} 3",
            "queue_depth{queue=\"tiny\"} 1e-05");

    depth.dec(1);
    queues.labelValues("mail").inc(0.75);
    queues.labelValues("print").set(9);
    queues.labelValues("down").set(Double.NaN);
    queues.labelValues("hot").inc();
    queues.labelValues("none").inc();
    queues.labelValues("tiny").set(Double.NEGATIVE_INFINITY);
    final Map<String, String> now = carried();
    assertThat(now)
        .hasSize(8)
        .containsEntry("depth", "2.5")
        .containsEntry("queue_depth {\"queue\": \"mail\"}", "13")
        .containsEntry("queue_depth {\"queue\": \"print\"}", "9")
        .containsEntry("queue_depth {\"queue\": \"down\"}", "nan")
        .containsEntry("queue_depth {\"queue\": \"hot\"}", "inf")
        .containsEntry("queue_depth {\"queue\": \"tiny\"}", "-inf")
        .containsEntry("queue_depth {\"queue\": \"huge\"}", "1e+22");
    assertThat(now.get("queue_depth {\"queue\": \"none\"}")).isIn("nan", "-nan");
  }

  @Test
  void shouldReplaceAllFieldsOfGaugeThatIsSet() {
    client.hset("depth", GET_200, "5");
    client.hset("depth", GET_200_TURNED, "6");
    Gauge.builder("depth")
        .labelNames("method", "status")
        .register(registry)
        .labelValues("GET", "200")
        .set(1);

    assertThat(carried()).hasSize(1).containsValue("1");
  }

  @Test
  void shouldGoOnWithHistogramOfDefaultBuckets() {
    RedisDump.load("histogram.json", client);
    final Histogram time = Histogram.builder("time_seconds").register(registry);
    assertThat(page())
        .contains(
            "time_seconds_bucket{le=\"0.005\"} 1",
            "time_seconds_bucket{le=\"0.025\"} 2",
            "time_seconds_bucket{le=\"1.0\"} 4",
            "time_seconds_bucket{le=\"5.0\"} 5",
            "time_seconds_bucket{le=\"+Inf\"} 6",
            "time_seconds_count 6");
    final Map<String, String> before = RedisDump.of(client);

    time.observe(0.7);
    time.observe(20);
    final Map<String, String> now = carried();
    assertThat(now.keySet()).isEqualTo(before.keySet());
    assertThat(now)
        .containsEntry("time_seconds:0.5", "2")
        .containsEntry("time_seconds:1", "5")
        .containsEntry("time_seconds:2.5", "5")
        .containsEntry("time_seconds:10", "6")
        .containsEntry("time_seconds:+Inf", "8")
        .containsEntry("time_seconds:count", "8")
        .containsEntry("time_seconds:sum", "125.473");
  }

  @Test
  void shouldGoOnWithLabelledHistogramAndCreateAllBucketsOfNewSeries() {
    RedisDump.load("histogram-labels.json", client);
    final Histogram time =
        Histogram.builder("time_seconds")
            .labelNames("path", "method")
            .buckets(0.5, 1, 10)
            .register(registry);
    time.labelValues("/", "GET").observe(0.75);
    time.labelValues("/a", "PUT").observe(0.25);
    time.labelValues("/b", "GET").observe(7);

    final String get = " {\"method\": \"GET\", \"path\": \"/\"}";
    final String put = " {\"path\": \"/a\", \"method\": \"PUT\"}";
    final String fresh = " {\"path\": \"/b\", \"method\": \"GET\"}";
    final Map<String, String> now = carried();
    assertThat(now).hasSize(18);
    assertThat(values(now, get)).containsExactly("1", "2", "3", "3", "3", "8");
    assertThat(values(now, put)).containsExactly("1", "1", "1", "2", "2", "20.25");
    assertThat(values(now, fresh)).containsExactly("0", "0", "1", "1", "1", "7");
    assertThat(page())
        .contains(
            "time_seconds_bucket{path=\"/\",method=\"GET\",le=\"0.5\"} 1",
            "time_seconds_bucket{path=\"/\",method=\"GET\",le=\"1.0\"} 2",
            "time_seconds_bucket{path=\"/b\",method=\"GET\",le=\"1.0\"} 0",
            "time_seconds_sum{path=\"/b\",method=\"GET\"} 7");
  }

  private static List<String> values(final Map<String, String> all, final String field) {
    return List.of("0.5", "1", "10", "+Inf", "count", "sum").stream()
        .map(suffix -> all.get("time_seconds:" + suffix + field))
        .toList();
  }

  @Test
  void shouldGoOnWithHistogramOfIntBounds() {
    RedisDump.load("histogram-ints.json", client);
    final Map<String, String> before = RedisDump.of(client);
    final Histogram sizes =
        Histogram.builder("sizes").buckets(-1, 0, 1, 1024, 1e16).register(registry);
    assertThat(page())
        .contains(
            "sizes_bucket{le=\"-1.0\"} 1",
            "sizes_bucket{le=\"0.0\"} 2",
            "sizes_bucket{le=\"1e+16\"} 5",
            "sizes_count 6");
    sizes.observe(-1);

    final Map<String, String> now = carried();
    assertThat(now.keySet()).isEqualTo(before.keySet());
    assertThat(now).containsEntry("sizes:-1", "2").containsEntry("sizes:10000000000000000", "6");
  }

  @Test
  void shouldGoOnWithHistogramOfFloatBounds() {
    RedisDump.load("histogram-floats.json", client);
    final Map<String, String> before = RedisDump.of(client);
    final Histogram sizes =
        Histogram.builder("sizes").buckets(-0.5, 1e-5, 1e-4, 1, 100, 1e16).register(registry);
    sizes.observe(-1);

    final Map<String, String> now = carried();
    assertThat(now.keySet()).isEqualTo(before.keySet());
    assertThat(now)
        .containsEntry("sizes:-0.5", "2")
        .containsEntry("sizes:1e-05", "3")
        .containsEntry("sizes:0.0001", "4")
        .containsEntry("sizes:1.0", "5")
        .containsEntry("sizes:100.0", "6")
        .containsEntry("sizes:1e+16", "7");
  }

  @Test
  void shouldGoOnWithSummaries() {
    RedisDump.load("summary.json", client);
    final Summary size = Summary.builder("size_bytes").register(registry);
    final Summary paths =
        Summary.builder("path_bytes").labelNames("path", "method").register(registry);
    size.observe(1);
    paths.labelValues("/", "GET").observe(1);

    assertThat(carried())
        .isEqualTo(
            Map.of(
                "size_bytes:sum", "513.5",
                "size_bytes:count", "3",
                "path_bytes:sum {\"method\": \"GET\", \"path\": \"/\"}", "3",
                "path_bytes:count {\"method\": \"GET\", \"path\": \"/\"}", "3"));
    assertThat(page())
        .containsExactly(
            "path_bytes_count{path=\"/\",method=\"GET\"} 3",
            "path_bytes_sum{path=\"/\",method=\"GET\"} 3",
            "size_bytes_count 3",
            "size_bytes_sum 513.5");
  }

  // ---- fields and keys

  @Test
  void shouldWriteIntoFieldThatCameAfterRegistrationAndBeforeFirstUpdate() {
    final Counter requests = requests();
    page();
    client.hset("http_requests_total", GET_200_TURNED, "5");
    requests.labelValues("GET", "200").inc();

    registry.close(); // carries, without a look at everything
    assertThat(RedisDump.of(client))
        .isEqualTo(Map.of("http_requests_total " + GET_200_TURNED, "6"));
  }

  @Test
  void shouldFindFieldAgainWhereServerWasEmptied() {
    final Counter requests = requests();
    requests.labelValues("GET", "200").inc();
    page();
    client.flushAll();
    client.hset("http_requests_total", GET_200_TURNED, "5");
    requests.labelValues("GET", "200").inc();
    page();
    requests.labelValues("GET", "200").inc();

    assertThat(carried()).containsEntry("http_requests_total " + GET_200_TURNED, "6");
    assertThat(page()).containsExactly("http_requests_total{method=\"GET\",status=\"200\"} 7");
  }

  @Test
  void shouldWriteNewFieldAsPythonWould() {
    final Counter counter = Counter.builder("c").labelNames("b", "a").register(registry);
    counter.labelValues("é\"", "\n").inc();

    assertThat(carried()).isEqualTo(Map.of("c {\"b\": \"\\u00e9\\\"\", \"a\": \"\\n\"}", "1"));
  }

  @Test
  void shouldLeaveOutFieldsThatMeanNoSeries() {
    client.hset(
        "http_requests_total", Map.of("x", "1", "{\"method\": \"GET\"}", "2", GET_200, "x"));
    requests();

    assertThat(page()).isEmpty();
  }

  @Test
  void shouldNameKeyAsApplicationDoesWithoutPrefix() {
    registry.close();
    registry =
        MetricRegistry.builder().backend(backend(Duration.ofHours(1))).prefix("shop_").build();
    Counter.builder("orders_total").register(registry).inc();
    Counter.builder("jobs").register(registry).inc();

    assertThat(page()).containsExactly("shop_jobs_total 1", "shop_orders_total 1");
    assertThat(RedisDump.keys(client)).containsExactly("jobs", "orders_total");
  }

  @Test
  void shouldKeepConstantLabelsInFields() {
    registry.close();
    registry =
        MetricRegistry.builder()
            .backend(backend(Duration.ofHours(1)))
            .constantLabel("zone", "a")
            .constantLabel("app", "x")
            .build();
    client.hset("jobs", "{\"l\": \"1\", \"app\": \"x\", \"zone\": \"a\"}", "5");
    Counter.builder("jobs").labelNames("l").register(registry).labelValues("1").inc();
    Counter.builder("plain").register(registry).inc(2);

    assertThat(page())
        .containsExactly(
            "jobs_total{app=\"x\",zone=\"a\",l=\"1\"} 6", "plain_total{app=\"x\",zone=\"a\"} 2");
    assertThat(RedisDump.of(client))
        .isEqualTo(
            Map.of(
                "jobs {\"l\": \"1\", \"app\": \"x\", \"zone\": \"a\"}", "6",
                "plain {\"app\": \"x\", \"zone\": \"a\"}", "2"));
  }

  @Test
  void shouldRemoveAllFieldsOfSeries() {
    RedisDump.load("counter-two-orders.json", client);
    final Counter requests = requests();
    page();
    client.hset("http_requests_total", "{\"status\":\"200\",\"method\":\"GET\"}", "1");
    client.hset("http_requests_total", "{\"status\":\"404\",\"method\":\"GET\"}", "2");
    requests.remove("GET", "200");

    assertThat(page()).containsExactly("http_requests_total{method=\"GET\",status=\"404\"} 2");
    assertThat(RedisDump.of(client)).hasSize(1);
    requests.labelValues("GET", "200").inc();
    assertThat(page()).contains("http_requests_total{method=\"GET\",status=\"200\"} 1");
  }

  @Test
  void shouldRemoveAndClearHistogram() {
    RedisDump.load("histogram-labels.json", client);
    final Histogram time =
        Histogram.builder("time_seconds")
            .labelNames("path", "method")
            .buckets(0.5, 1, 10)
            .register(registry);
    time.remove("/", "GET");
    assertThat(carried()).hasSize(6);
    time.clear();
    assertThat(carried()).isEmpty();
    time.labelValues("/", "GET").observe(3);
    assertThat(carried()).hasSize(6);
  }

  @Test
  void shouldClearFamilyOfSeveralParcelsAndUnregisterIt() {
    final Counter requests = requests();
    for (int i = 0; i < 2_500; i++) {
      requests.labelValues("GET", "" + i).inc();
    }
    assertThat(carried()).hasSize(2_500);
    requests.clear();
    assertThat(carried()).isEmpty();
    requests.labelValues("GET", "1").inc();
    assertThat(carried()).hasSize(1);

    registry.unregister("http_requests_total");
    assertThat(RedisDump.keys(client)).isEmpty();
  }

  // ---- expiry

  @Test
  void shouldLetKeysExpireAsPytheusDoes() {
    Histogram.builder("time_seconds").buckets(1).register(registry).observe(3);
    page();

    assertThat(RedisDump.keys(client)).hasSize(4);
    for (final String key : client.keys("*")) {
      assertThat(client.ttl(key)).as(key).isPositive();
    }
    assertThat(client.ttl("time_seconds:sum")).isBetween(3_500L, 3_600L);
  }

  @Test
  void shouldKeepUnitsFromExpiringThatNothingIsAddedTo() throws InterruptedException {
    registry.close();
    registry = MetricRegistry.create(backend(Duration.ofSeconds(3)));
    final Counter busy = Counter.builder("busy").labelNames("l").register(registry);
    final Histogram time =
        Histogram.builder("time_seconds").labelNames("l").buckets(1).register(registry);
    time.labelValues("a").observe(0.5);
    for (int i = 0; i < 50; i++) {
      busy.labelValues("a").inc();
      time.labelValues("a").observe(3);
      Thread.sleep(100);
    }

    assertThat(carried())
        .containsEntry("time_seconds:1 {\"l\": \"a\"}", "1")
        .containsEntry("busy {\"l\": \"a\"}", "50");
  }

  @Test
  void shouldLetKeysLiveForEverWhereExpiryIsZero() {
    registry.close();
    registry = MetricRegistry.create(backend(Duration.ZERO));
    Counter.builder("orders").register(registry).inc();
    page();

    assertThat(client.ttl("orders")).isEqualTo(-1);
  }

  // ---- what it has no place for

  @ParameterizedTest
  @EnumSource(
      value = GaugeMode.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SHARED", "MOST_RECENT"})
  void shouldRefuseGaugesWithParts(final GaugeMode mode) {
    assertThatThrownBy(() -> Gauge.builder("depth").mode(mode).register(registry))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("depth")
        .hasMessageContaining("the layout pytheus has a place for counters");
  }

  @Test
  void shouldRefuseInfoAndStateSet() {
    assertThatThrownBy(() -> Info.builder("build").register(registry))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("or the layout native");
    assertThatThrownBy(() -> StateSet.builder("s").states("a", "b").register(registry))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("or the layout native");
    assertThatCode(() -> Gauge.builder("g").mode(GaugeMode.MOST_RECENT).register(registry).set(3))
        .doesNotThrowAnyException();
    assertThat(carried()).isEqualTo(Map.of("g", "3"));
  }

  @Test
  void shouldRefuseNamesThatShareKey() {
    Summary.builder("size").register(registry);

    assertThatThrownBy(() -> Counter.builder("size:sum").register(registry))
        .isInstanceOf(MetricConflictException.class)
        .hasMessageContaining("the key size:sum")
        .hasMessageContaining("choose another name");
  }

  @Test
  void shouldKeepUpdatesWhereKeyHoldsAnotherType() {
    client.hset("orders", GET_200, "1");
    final Counter orders = Counter.builder("orders").register(registry);
    orders.inc(2);
    assertThat(page()).containsExactly("orders_total 2");
    assertThat(RedisDump.of(client)).isEqualTo(Map.of("orders " + GET_200, "1"));

    client.del("orders");
    assertThat(carried()).isEqualTo(Map.of("orders", "2"));
  }

  // ---- beside somebody who does as pytheus does

  @ParameterizedTest
  @ValueSource(strings = {"", "l"})
  void shouldCountBesideCommandsInOrderOfPytheus(final String label) {
    final boolean labelled = !label.isEmpty();
    final String field = "{\"l\": \"a\"}";
    final Counter jobs =
        labelled
            ? Counter.builder("jobs").labelNames(label).register(registry).labelValues("a")
            : Counter.builder("jobs").register(registry);
    if (labelled ? !client.hexists("jobs", field) : !client.exists("jobs")) {
      increase(labelled, field, 0);
    }
    client.expire("jobs", 3_600);
    for (int i = 0; i < 300; i++) {
      jobs.inc(0.5);
      increase(labelled, field, 1);
      client.expire("jobs", 3_600);
      jobs.inc();
      if (i % 50 == 0) {
        assertThat(jobs.value()).isGreaterThanOrEqualTo(i);
      }
    }

    assertThat(carried()).isEqualTo(Map.of(labelled ? "jobs " + field : "jobs", "750"));
    assertThat(jobs.value()).isEqualTo(750);
  }

  private void increase(final boolean labelled, final String field, final double amount) {
    if (labelled) {
      client.hincrByFloat("jobs", field, amount);
    } else {
      client.incrByFloat("jobs", amount);
    }
  }
}
