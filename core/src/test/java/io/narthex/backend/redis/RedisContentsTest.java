package io.narthex.backend.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.MetricRegistry;
import io.narthex.backend.LoggedMessages;
import io.narthex.backend.Seen;
import io.narthex.exposition.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** What other programs write between the engine's fields makes no page unreadable. */
@Timeout(60)
final class RedisContentsTest {
  private static final Pattern LINE =
      Pattern.compile(
          "# (HELP|TYPE) \\S+( .*)?|[a-z_]+"
              + "(\\{([a-z_]+=\"(?:[^\"\\\\]++|\\\\[\\\\\"n])*+\"(,(?=[a-z])|(?=})))++})? \\S+");

  private static RedisProcesses redis;

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
  void open() {
    redis.empty();
    registry = MetricRegistry.create(connect());
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private static RedisBackend connect() {
    return RedisBackend.builder(redis.uri())
        .flushInterval(Duration.ofMillis(20))
        .timeout(Duration.ofSeconds(20))
        .connect();
  }

  private Seen seen() {
    return Seen.of(registry::visit);
  }

  private static Seen seenByOther() {
    try (RedisBackend other = connect()) {
      return Seen.of(other);
    }
  }

  private static Set<String> page(final MetricRegistry of) throws IOException {
    final ByteArrayOutputStream page = new ByteArrayOutputStream();
    TextFormat.PROMETHEUS.write(of, page);
    final Set<String> lines = new HashSet<>();
    for (final String line : page.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      assertTrue(line.isEmpty() || LINE.matcher(line).matches(), line);
      assertTrue(line.isEmpty() || lines.add(line), () -> "twice: " + line);
    }
    return lines;
  }

  /** What this process and another one write of everything, both of them readable. */
  private Set<String> page() throws IOException {
    try (MetricRegistry other = MetricRegistry.create(connect())) {
      page(other);
    }
    return page(registry);
  }

  private static byte[] bytes(final String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void put(final String family, final String field, final String value) {
    try (Jedis client = redis.client()) {
      client.hset(bytes("narthex:{" + family + '}'), bytes(field), bytes(value));
    }
  }

  @Test
  void shouldShowWhatIsSoundAmongFieldsThatAreNot() throws IOException {
    final Counter hits = Counter.builder("hits").labelNames("to").register(registry);
    hits.labelValues("a").inc(3);
    hits.labelValues("damaged").inc(3);
    seen();
    for (final String field :
        List.of("", " ", "c", "cc", "x", " to=\"b\"", "  ", "q to=\"q\"", "? to=\"a\"")) {
      put("hits", field, "1");
    }
    for (final String cell : List.of("b99", "b", "bx", "b-1", "b4294967296", "s x", "p", "x")) {
      put("hits", cell + " to=\"a\"", "1");
    }
    put("hits", "t to=\"a\"", "1e400");
    put("hits", "c to=\"damaged\"", "three");
    put("hits", "c to=\"empty\"", "");
    put("hits", "c to=\"foreign\"", "5");
    put("hits", "!", "never");

    final Set<String> page = page();
    assertTrue(page.contains("hits_total{to=\"a\"} 3.0"), page::toString);
    assertTrue(page.contains("hits_total{to=\"foreign\"} 5.0"), page::toString);
    assertEquals(3, seenByOther().value("hits", "to=\"a\""));
    hits.labelValues("a").inc(1);
    hits.labelValues("foreign").inc(1);
    assertEquals(4, seen().value("hits", "to=\"a\""));
    assertEquals(6, seen().value("hits", "to=\"foreign\""));
  }

  @Test
  void shouldLeaveOutSeriesWhoseLabelsAreNoLabels() throws IOException {
    final Counter hits = Counter.builder("hits").labelNames("to").register(registry);
    hits.labelValues("a \"b\"\\\n").inc(3);
    seen();
    for (final String labels :
        List.of(
            "to",
            "to=",
            "to=a",
            "to=\"",
            "to=\"a",
            "to=\"a\\\"",
            "to=\"a\\",
            "to=\"a\\q\"",
            "to=\"a\"b\"",
            "to=\"a\nb\"",
            "to=\"a\",",
            "to=\"a\" ",
            ",to=\"a\"",
            "to=\"a\"to=\"b\"",
            "to=\"a\",to=\"b\"",
            "=\"a\"",
            "2=\"a\"",
            "t o=\"a\"",
            "to\n=\"a\"",
            "t\u00e4=\"a\"",
            "a\"} 1\nforged{to=\"a\"")) {
      put("hits", "c " + labels, "1");
    }
    put("hits", "c to=\"\u00ff\u00c3\"", "7");

    final String sound = "to=\"a \\\"b\\\"\\\\\\n\"";
    final String replaced = "to=\"\ufffd\ufffd\"";
    assertEquals(List.of(sound, replaced), seen().labels("hits"));
    assertEquals(List.of(sound, replaced), seenByOther().labels("hits"));
    final Set<String> page = page();
    assertTrue(page.contains("hits_total{" + sound + "} 3.0"), page::toString);
    assertTrue(page.contains("hits_total{" + replaced + "} 7.0"), page::toString);
  }

  @Test
  void shouldEscapeWhatOthersCallTheirProcesses() throws IOException {
    final Gauge depth = Gauge.builder("depth").mode(GaugeMode.ALL).register(registry);
    depth.set(1);
    seen();
    put("depth", "podd\"id\n\\\u00ff ", "2");
    put("depth", "p ", "3");
    put("depth", "pknown ", "4");
    try (Jedis client = redis.client()) {
      client.hset("narthex:processes", "known", "99999999999999 1 \"2\"\n");
      client.hset("narthex:processes", "odd", "no beat");
      client.hset("narthex:processes", "", "");
    }
    page();
    final Seen seen = seen();
    assertEquals(2, seen.value("depth", "pid=\"odd\\\"id\\n\\\\\ufffd\""));
    assertEquals(4, seen.value("depth", "pid=\"1 \\\"2\\\"\\n\""));
  }

  @Test
  void shouldLeaveOutFamiliesThatTheCatalogDoesNotDescribe() throws IOException {
    Counter.builder("hits").help("all").register(registry).inc(3);
    seen();
    try (Jedis client = redis.client()) {
      final String sound = client.hget("narthex:catalog", "f:hits");
      final String epoch = client.hget("narthex:catalog", "e:hits");
      final String[] damaged = {
        "no JSON",
        "",
        "null",
        "[]",
        "{}",
        "[".repeat(100_000),
        sound.substring(0, sound.length() - 1),
        sound.replace("\"all\"", "null"),
        sound.replace("counter", "meter"),
        sound.replace("SHARED", "SOME"),
        sound,
      };
      for (int i = 0; i < damaged.length; i++) {
        client.hset("narthex:catalog", "f:x" + i, damaged[i]);
        client.hset("narthex:catalog", "e:x" + i, epoch);
        client.hset("narthex:{x" + i + '}', "#", epoch);
        client.hset("narthex:{x" + i + '}', "c ", "5");
      }
      client.hset("narthex:catalog", "f:no_epoch", sound.replace("hits", "no_epoch"));
      final String forged = "forged 1\\n";
      client.hset("narthex:catalog", "f:forged 1\n", sound.replace("hits", forged));
      client.hset("narthex:catalog", "e:forged 1\n", epoch);
      client.hset("narthex:{forged 1\n}", "#", epoch);
      client.hset("narthex:{forged 1\n}", "c ", "5");
      client.hset("narthex:catalog", "e:lone", epoch);
      client.hset("narthex:catalog", "", "");
      client.hset("narthex:catalog", "f:", sound);
    }
    final Set<String> page = page();
    assertTrue(page.contains("hits_total 3.0"), page::toString);
    assertEquals(List.of("hits"), seen().names());
    assertEquals(List.of("hits"), seenByOther().names());
  }

  @Test
  void shouldSayWhichEpochIsNoNumberAndGoOnOnceItIsDeleted() {
    Counter.builder("hits").register(registry).inc(3);
    seen();
    try (Jedis client = redis.client();
        LoggedMessages log = LoggedMessages.of(RedisBackend.class.getName());
        MetricRegistry late = MetricRegistry.create(connect())) {
      client.hset("narthex:catalog", "e:hits", "soon");
      Counter.builder("hits").register(late).inc(2);
      Meters.await(
          "the field is named",
          () -> log.messages().stream().anyMatch(line -> line.contains("e:hits")));
      client.hdel("narthex:catalog", "f:hits", "e:hits");
      Meters.await("all is counted", () -> "5".equals(client.hget("narthex:{hits}", "c ")));
    }
  }

  @Test
  void shouldKeepHugeLabelValues() throws IOException {
    final Counter hits = Counter.builder("hits").labelNames("to").register(registry);
    final String huge = "a\"\u00e4 ".repeat(20_000);
    hits.labelValues(huge).inc(3);
    final String labels = "to=\"" + huge.replace("\"", "\\\"") + '"';
    assertEquals(3, seen().value("hits", labels));
    assertEquals(3, seenByOther().value("hits", labels));
    assertTrue(page().contains("hits_total{" + labels + "} 3.0"));
    assertTrue(hits.remove(huge));
    assertFalse(seen().has("hits", labels));
    assertFalse(seenByOther().has("hits", labels));
  }

  @Test
  void shouldCarryManySeriesInSeveralParcels() {
    final int count = 20_000;
    registry.close();
    registry = MetricRegistry.create(RedisBackend.builder(redis.uri()).connect());
    final Counter hits = Counter.builder("hits").labelNames("to").register(registry);
    for (int i = 0; i < count; i++) {
      hits.labelValues("" + i).inc(i + 0.5);
    }
    final Seen seen = seenByOtherAfter(count);
    for (int i = 0; i < count; i++) {
      assertEquals(i + 0.5, seen.value("hits", "to=\"" + i + '"'));
    }
    for (int i = 0; i < count; i += 4) {
      assertTrue(hits.remove("" + i));
    }
    final Seen rest = seenByOtherAfter(count - count / 4);
    assertFalse(rest.has("hits", "to=\"4\""));
    assertEquals(5.5, rest.value("hits", "to=\"5\""));
  }

  private Seen seenByOtherAfter(final int count) {
    assertEquals(count, seen().labels("hits").size());
    final Seen seen = seenByOther();
    assertEquals(count, seen.labels("hits").size());
    return seen;
  }
}
