package io.narthex.tools.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.narthex.MetricRegistry;
import io.narthex.backend.redis.RedisProcesses;
import io.narthex.exposition.TextFormat;
import io.narthex.tools.Ran;
import io.narthex.tools.reading.NarthexFile;
import io.narthex.tools.reading.ReadingSeries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * {@code narthex import} from a real Redis that holds what a real pytheus 0.6.1 left: the fixtures
 * of the Redis backend's own tests, whose README tells how they were made.
 */
@Timeout(120)
final class PytheusRedisTest {
  private static RedisProcesses redis;

  @TempDir private Path directory;

  private Path file;

  @BeforeAll
  static void startRedis() {
    redis = RedisProcesses.startOwn();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void empty() {
    redis.empty();
    file = directory.resolve("new.nx");
  }

  @Test
  void shouldTakeCountersByTheirName() throws IOException {
    load("counter.json");
    load("counter-labels.json");
    final Ran ran = importAll("--counters", "^orders$|_total$");

    assertThat(ran.err()).isEmpty();
    assertThat(page())
        .contains("# TYPE orders_total counter\norders_total 3.5\n")
        .contains("idle_total 0.0\n")
        .contains("http_requests_total{method=\"GET\",status=\"200\"} 3.0\n")
        .contains("http_requests_total{method=\"GET\",status=\"404\"} 1.0\n")
        .contains("http_requests_total{method=\"PUT\",status=\"201\"} 0.5\n");
  }

  @Test
  void shouldAddUpFieldsThatMeanTheSameLabels() throws IOException {
    load("counter-two-orders.json");
    importAll();
    assertThat(page()).contains("{method=\"GET\",status=\"200\"} 7.0\n");
  }

  @Test
  void shouldTakeGaugesWithAllTheirValues() throws IOException {
    load("gauge.json");
    importAll();
    assertThat(page())
        .contains("# TYPE depth gauge\ndepth 3.5\n")
        .contains("queue_depth{queue=\"mail\"} 12.25\n")
        .contains("queue_depth{queue=\"hot\"} +Inf\n")
        .contains("queue_depth{queue=\"none\"} NaN\n")
        .contains("queue_depth{queue=\"tiny\"} 1e-05\n")
        .contains("queue_depth{queue=\"huge\"} 1e+22\n")
        .contains("queue_depth{queue=\"down\"} -4.0\n");
  }

  @Test
  void shouldTakeHistogramsAndSummaries() throws IOException {
    load("histogram-labels.json");
    load("summary.json");
    importAll();
    assertThat(page())
        .contains("time_seconds_bucket{method=\"GET\",path=\"/\",le=\"0.5\"} 1\n")
        .contains("time_seconds_bucket{method=\"GET\",path=\"/\",le=\"10.0\"} 2\n")
        .contains("time_seconds_bucket{method=\"GET\",path=\"/\",le=\"+Inf\"} 2\n")
        .contains("time_seconds_sum{method=\"GET\",path=\"/\"} 7.25\n")
        .contains("time_seconds_bucket{method=\"PUT\",path=\"/a\",le=\"10.0\"} 0\n")
        .contains("time_seconds_count{method=\"PUT\",path=\"/a\"} 1\n")
        .contains("time_seconds_sum{method=\"PUT\",path=\"/a\"} 20.0\n")
        .contains("size_bytes_count 2\n")
        .contains("size_bytes_sum 512.5\n")
        .contains("path_bytes_sum{method=\"GET\",path=\"/\"} 2.0\n");
  }

  @Test
  void shouldTakeBoundsHoweverTheyAreWritten() throws IOException {
    load("histogram-floats.json");
    importAll();
    assertThat(page())
        .contains("sizes_bucket{le=\"-0.5\"} 1\n")
        .contains("sizes_bucket{le=\"1e-05\"} 2\n")
        .contains("sizes_bucket{le=\"0.0001\"} 3\n")
        .contains("sizes_bucket{le=\"1.0\"} 4\n")
        .contains("sizes_bucket{le=\"1e+16\"} 6\n")
        .contains("sizes_count 7\n");
  }

  @Test
  void shouldTakeOddLabelValuesAsTheyAre() throws IOException {
    load("odd-values.json");
    importAll("--counters", "odd");
    // Values 1 to 14: each was counted by its place in the list.
    final double sum =
        NarthexFile.read(file).family("odd").series().stream()
            .mapToDouble(ReadingSeries::value)
            .sum();
    assertThat(sum).isEqualTo(14 * 15 / 2);
    assertThat(page()).contains("odd_total{l=\"ü€🎉\"} ").contains("odd_total{l=\"\\\\n\"} ");
  }

  @Test
  void shouldLeaveOutAndTellWhatIsNotPytheuss() throws IOException {
    load("counter.json");
    try (Jedis client = redis.client()) {
      client.set("session:1", "alice");
      client.hset("user:7", "name", "bob");
      client.rpush("queue", "x");
      client.hset("narthex:{orders}:parcels", "a", "1 2");
    }
    final Ran ran = importAll();
    assertThat(ran.err())
        .contains("the key session:1", "the key user:7", "the key queue")
        .hasLineCount(3);
    assertThat(page()).contains("orders 3.5\n");
  }

  @Test
  void shouldRefuseInALine() {
    assertFails(Ran.of("import", redis.uri(), "-o", file), "holds nothing that pytheus counts");
    final Ran closed = Ran.of("import", "redis://user:secret@127.0.0.1:1/0", "-o", file);
    assertFails(closed, "cannot read redis://user:***@127.0.0.1:1/0: Connection refused");
    assertThat(closed.err()).doesNotContain("secret");
    final Ran wrong = Ran.of("import", "redis://u:secret@", "-o", file);
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).doesNotContain("secret");
    assertThat(Ran.of("import", redis.uri(), "-o", file, "--counters", "[").code()).isEqualTo(2);
    assertThat(file).doesNotExist();
  }

  private static void assertFails(final Ran ran, final String reason) {
    assertThat(ran.code()).isOne();
    assertThat(ran.err()).startsWith("narthex: ").contains(reason).hasLineCount(1);
  }

  private Ran importAll(final String... options) {
    final Object[] args = new Object[options.length + 4];
    args[0] = "import";
    args[1] = redis.uri();
    args[2] = "-o";
    args[3] = file;
    System.arraycopy(options, 0, args, 4, options.length);
    final Ran ran = Ran.of(args);
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran;
  }

  private String page() throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MetricRegistry registry = NarthexFile.open(file)) {
      TextFormat.PROMETHEUS.write(registry, out);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void load(final String fixture) throws IOException {
    try (InputStream in = RedisProcesses.class.getResourceAsStream("pytheus/" + fixture);
        Jedis client = redis.client()) {
      final JsonObject keys =
          JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
              .getAsJsonObject();
      for (final Map.Entry<String, JsonElement> key : keys.entrySet()) {
        final JsonElement value = key.getValue().getAsJsonObject().get("value");
        if (value.isJsonArray()) {
          for (final JsonElement field : value.getAsJsonArray()) {
            final JsonArray pair = field.getAsJsonArray();
            client.hset(key.getKey(), pair.get(0).getAsString(), pair.get(1).getAsString());
          }
        } else {
          client.set(key.getKey(), value.getAsString());
        }
      }
    }
  }
}
