package io.narthex.backend.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.LoggedMessages;
import io.narthex.backend.Seen;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * What a server does to those who count into it: it stops, forgets, and holds what it should not.
 */
@Timeout(40)
final class RedisFaultsTest {
  @TempDir Path directory;

  private RedisProcesses redis;
  private RedisBackend backend;
  private MetricRegistry registry;

  @BeforeEach
  void start() {
    redis = RedisProcesses.startOwn(RedisProcesses.appendOnly(directory.toString()));
    connect(Duration.ofHours(1));
  }

  @AfterEach
  void stop() {
    registry.close();
    redis.close();
  }

  private void connect(final Duration expiry) {
    backend =
        RedisBackend.builder(redis.uri())
            .flushInterval(Duration.ofMillis(20))
            .timeout(Duration.ofMillis(300))
            .closeTimeout(Duration.ofSeconds(1))
            .expireKeyTime(expiry)
            .connect();
    registry = MetricRegistry.create(backend);
  }

  /** What another process sees. */
  private double seen(final String family, final String labels) {
    try (RedisBackend viewer = RedisBackend.connect(redis.uri())) {
      final Seen seen = Seen.of(viewer);
      return seen.has(family, labels) ? seen.value(family, labels) : Double.NaN;
    }
  }

  private void awaitSeen(final String family, final String labels, final double value) {
    Meters.await(family + " is " + value, () -> seen(family, labels) == value);
  }

  @Test
  void shouldCountExactlyOnceThroughAServerThatStoodStillAndOneThatWasKilled() {
    try (LoggedMessages log = LoggedMessages.of(RedisBackend.class.getName())) {
      final Counter hits = Counter.builder("hits").labelNames("to").register(registry);
      final Counter away = hits.labelValues("a");
      away.inc();
      awaitSeen("hits", "to=\"a\"", 1);
      redis.freeze();
      for (int i = 0; i < 1_000_000; i++) {
        away.inc();
      }
      Meters.await("it is away", () -> Meters.of(backend).get("redis_connected") == 0);
      hits.labelValues("b").inc(0.5);
      assertEquals(1_000_001, Seen.of(backend).value("hits", "to=\"a\""));
      assertTrue(Meters.of(backend).get("redis_failed_flushes") > 0);
      assertTrue(Meters.of(backend).get("redis_pending_series") > 0);
      redis.thaw();
      awaitSeen("hits", "to=\"b\"", 0.5);
      // What was sent before the server stood still may arrive before anybody knows that it is
      // back.
      Meters.await("it is back", () -> Meters.of(backend).get("redis_connected") == 1);
      redis.kill();
      away.inc(2);
      Meters.await("it is away", () -> Meters.of(backend).get("redis_connected") == 0);
      redis.restart();
      awaitSeen("hits", "to=\"a\"", 1_000_003);
      assertEquals(
          2, log.messages().stream().filter(line -> line.startsWith("cannot reach")).count());
      assertEquals(0, Meters.of(backend).get("redis_data_losses"));
    }
  }

  @Test
  void shouldNoticeAnEmptiedServerThoughNothingIsCounted() {
    final Gauge level = Gauge.builder("level").register(registry);
    level.set(7);
    awaitSeen("level", "", 7);
    redis.empty();
    awaitSeen("level", "", 7);
    assertEquals(1, Meters.of(backend).get("redis_data_losses"));
  }

  @Test
  void shouldGoOnWhenTheServerIsEmptiedBetweenTheParcelsOfOneBatch() {
    final Counter hits = Counter.builder("hits").labelNames("to").register(registry);
    for (int i = 0; i < 1_500; i++) {
      hits.labelValues("" + i).inc();
    }
    awaitSeen("hits", "to=\"1499\"", 1);
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 1_500; i++) {
        hits.labelValues("" + i).inc();
      }
      redis.empty();
    }
    for (int i = 0; i < 1_500; i++) {
      hits.labelValues("" + i).inc();
    }
    Meters.await("all arrived", () -> Meters.of(backend).get("redis_pending_series") == 0);
  }

  @Test
  void shouldGoOnInTheEpochOfWhoeverCameFirstToAnEmptiedServer() {
    final Counter hits = Counter.builder("hits").register(registry);
    final Gauge busy = Gauge.builder("busy").register(registry);
    hits.inc(10);
    busy.inc(3);
    awaitSeen("busy", "", 3);
    redis.freeze(); // so that the other one comes first
    hits.inc(4);
    redis.thaw();
    redis.empty();
    try (MetricRegistry other =
        MetricRegistry.create(
            RedisBackend.builder(redis.uri()).flushInterval(Duration.ofMillis(20)).connect())) {
      Counter.builder("hits").register(other).inc();
      Gauge.builder("busy").register(other).inc(5);
      hits.inc(100);
      // What of the 14 was carried before the loss is gone; what comes after it is not.
      Meters.await("both count", () -> seen("hits", "") >= 101);
      awaitSeen("busy", "", 8);
      final double before = seen("hits", "");
      hits.inc(1);
      awaitSeen("hits", "", before + 1);
    }
  }

  @Test
  void shouldKeepValuesWhenOnlyTheCatalogIsLost() {
    final Counter hits = Counter.builder("hits").register(registry);
    hits.inc(10);
    awaitSeen("hits", "", 10);
    try (Jedis client = redis.client()) {
      client.del("narthex:catalog");
    }
    try (MetricRegistry other = MetricRegistry.create(RedisBackend.connect(redis.uri()))) {
      Counter.builder("hits").register(other).inc(5);
    }
    hits.inc(2);
    awaitSeen("hits", "", 17);
    assertEquals(0, Meters.of(backend).get("redis_data_losses"));
  }

  @Test
  void shouldNotAddAgainWhatIsStillThereWhenOnlyTheNumbersAreLost() {
    final Gauge busy = Gauge.builder("busy").register(registry);
    busy.inc(7);
    awaitSeen("busy", "", 7);
    try (Jedis client = redis.client()) {
      client.del("narthex:{busy}:parcels");
    }
    busy.inc(1);
    awaitSeen("busy", "", 8);
    Meters.await("it is metered", () -> Meters.of(backend).get("redis_data_losses") == 1);
    assertEquals(8, seen("busy", ""));
  }

  @Test
  void shouldKeepOthersGoingWhenTheCatalogIsDamaged() {
    try (Jedis client = redis.client()) {
      client.hset("narthex:catalog", "f:broken", "no JSON");
      client.hset("narthex:catalog", "e:broken", "1");
      client.hset("narthex:catalog", "f:odd", "{\"name\":\"other\"}");
      client.hset("narthex:catalog", "n:claimed", "odd");
      client.hset("narthex:{future}", "#", "8000000000000000");
      client.hset("narthex:catalog", "f:half", "{}");
    }
    final Counter hits = Counter.builder("hits").register(registry);
    final Counter broken = Counter.builder("broken").register(registry);
    final Counter half = Counter.builder("half").register(registry);
    final Counter claimed = Counter.builder("claimed").register(registry);
    final Counter future = Counter.builder("future").register(registry);
    hits.inc(3);
    broken.inc();
    half.inc();
    claimed.inc();
    future.inc(2);
    awaitSeen("hits", "", 3);
    awaitSeen("future", "", 2);
    try (Jedis client = redis.client()) {
      client.hdel("narthex:catalog", "f:broken", "f:half", "f:odd", "n:claimed");
    }
    awaitSeen("broken", "", 1);
  }

  @Test
  void shouldLetOnlyTheMetricSufferWhoseKeyHoldsSomethingElse() {
    final Counter hits = Counter.builder("hits").register(registry);
    final Counter taken = Counter.builder("taken").register(registry);
    try (Jedis client = redis.client();
        LoggedMessages log = LoggedMessages.of(RedisBackend.class.getName())) {
      client.set("narthex:{taken}", "by another program");
      client.set("narthex:{gone}", "by another program");
      client.hset("narthex:catalog", "e:gone", "1");
      registry.unregister("gone");
      taken.inc(5);
      hits.inc(2);
      awaitSeen("hits", "", 2);
      client.del("narthex:{taken}");
      awaitSeen("taken", "", 5);
      assertEquals(
          1, log.messages().stream().filter(line -> line.contains("refuses taken")).count());
    }
  }

  @Test
  void shouldKeepTheCatalogForAsLongAsAProcessRuns() throws InterruptedException {
    registry.close();
    connect(Duration.ofSeconds(3));
    Counter.builder("hits").register(registry).inc();
    awaitSeen("hits", "", 1);
    Thread.sleep(7_000);
    assertEquals(1, seen("hits", ""));
    try (Jedis client = redis.client()) {
      client.keys("narthex:*").forEach(key -> assertTrue(client.ttl(key) > 0, key));
    }
  }

  @Test
  void shouldNotWaitForWhatWasUnregisteredWhileTheServerWasAway() {
    final Counter hits = Counter.builder("hits").register(registry);
    hits.inc();
    awaitSeen("hits", "", 1);
    redis.freeze();
    hits.inc();
    Meters.await("it is away", () -> Meters.of(backend).get("redis_connected") == 0);
    registry.unregister("hits");
    redis.thaw();
    Meters.await("it is back", () -> Meters.of(backend).get("redis_connected") == 1);
    assertEquals(0, Meters.of(backend).get("redis_pending_series"));
    try (LoggedMessages log = LoggedMessages.of(RedisBackend.class.getName())) {
      final long before = System.nanoTime();
      registry.close();
      assertTrue(System.nanoTime() - before < 900_000_000L, "it waited for nothing");
      assertTrue(log.messages().isEmpty(), log.messages()::toString);
    }
  }

  @Test
  void shouldMaskEveryPartOfAPassword() {
    for (final String address :
        new String[] {"redis://u:se@cret@127.0.0.1:1", "redis://u:se/cret@127.0.0.1:1"}) {
      final NarthexException e =
          assertThrows(
              NarthexException.class, () -> RedisBackend.connect(URI.create(address)).close());
      assertFalse(e.getMessage().contains("cret"), e.getMessage());
    }
  }
}
