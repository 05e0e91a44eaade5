package io.narthex.backend.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricConflictException;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.LoggedMessages;
import io.narthex.backend.Seen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientPauseMode;

/** Those who count do not feel that the server is away, and what they counted arrives. */
@Timeout(40)
final class RedisOutageTest {
  /** Far more than anything here may take that does not wait for the server again and again. */
  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final RedisProcesses redis = RedisProcesses.absent();

  @AfterEach
  void stop() {
    redis.close();
  }

  private RedisBackend.Builder builder() {
    return RedisBackend.builder(redis.uri())
        .flushInterval(Duration.ofMillis(20))
        .timeout(Duration.ofMillis(300))
        .closeTimeout(Duration.ofSeconds(1));
  }

  private Seen seen() {
    try (RedisBackend viewer = RedisBackend.connect(redis.uri())) {
      return Seen.of(viewer);
    }
  }

  private void awaitSeen(final String family, final String labels, final double value) {
    Meters.await(
        family + " is " + value,
        () -> {
          final Seen seen = seen();
          return seen.has(family, labels) && seen.value(family, labels) == value;
        });
  }

  private static void awaitAway(final RedisBackend backend) {
    Meters.await("it is away", () -> Meters.of(backend).get("redis_connected") == 0);
  }

  /** The best of some rounds, which other programs disturb least. */
  private static long nanosOfManyIncrements(final Counter counter) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      final long before = System.nanoTime();
      for (int i = 0; i < 200_000; i++) {
        counter.inc();
      }
      best = Math.min(best, System.nanoTime() - before);
    }
    return best;
  }

  private static void assertQuick(final String what, final Runnable action) {
    final long before = System.nanoTime();
    action.run();
    final long nanos = System.nanoTime() - before;
    assertTrue(nanos < LONG_NANOS, () -> what + " took " + nanos + " ns");
  }

  @Test
  void shouldWorkOnWhileTheServerStandsStill() {
    redis.restart();
    try (RedisBackend backend = builder().connect()) {
      final MetricRegistry registry = MetricRegistry.create(backend);
      final Counter hits = Counter.builder("hits").labelNames("to").register(registry);
      final Counter one = hits.labelValues("one");
      nanosOfManyIncrements(one);
      final long before = nanosOfManyIncrements(one);
      awaitSeen("hits", "to=\"one\"", 4_000_000);
      redis.freeze();
      final long during = nanosOfManyIncrements(one);
      awaitAway(backend);
      final long away = nanosOfManyIncrements(one);
      assertTrue(
          Math.max(during, away) < 3 * before, () -> before + " ns, then " + during + ", " + away);
      assertQuick(
          "new label sets",
          () -> {
            for (int i = 0; i < 1_000; i++) {
              hits.labelValues("" + i).inc();
            }
          });
      assertQuick(
          "a scrape", () -> assertEquals(8_000_000, Seen.of(backend).value("hits", "to=\"one\"")));
      assertQuick("to register", () -> Histogram.builder("late").register(registry).observe(0.25));
      assertEquals(1, Seen.of(backend).value("hits", "to=\"999\""));
      assertEquals(0.25, Seen.of(backend).get("late", "").sum());
      redis.thaw();
      Meters.await("all arrived", () -> Meters.of(backend).get("redis_pending_series") == 0);
      final Seen seen = seen();
      assertEquals(8_000_000, seen.value("hits", "to=\"one\""));
      assertEquals(1_001, seen.labels("hits").size());
      assertEquals(0.25, seen.get("late", "").sum());
    }
  }

  @Test
  void shouldSayAtOnceThatNobodyIsThereAndNotShowThePassword() {
    final String where = "127.0.0.1:" + redis.uri().getPort() + "/2";
    final URI uri = URI.create("redis://u:s3cret@" + where);
    assertQuick(
        "to fail",
        () -> {
          final NarthexException e =
              assertThrows(NarthexException.class, () -> RedisBackend.connect(uri).close());
          assertTrue(e.getMessage().contains("redis://u:***@" + where), e.getMessage());
          final StringWriter all = new StringWriter();
          e.printStackTrace(new PrintWriter(all, true));
          assertFalse(all.toString().contains("s3cret"), all::toString);
        });
  }

  @Test
  void shouldNotWaitLongForAServerThatStandsStillFromTheStart() {
    redis.restart();
    redis.freeze();
    assertQuick(
        "to fail", () -> assertThrows(NarthexException.class, () -> builder().connect().close()));
    try (RedisBackend backend = builder().lazy(true).connect()) {
      final Counter hits = Counter.builder("hits").register(MetricRegistry.create(backend));
      hits.inc(3);
      assertQuick("a scrape", () -> assertEquals(3, Seen.of(backend).value("hits", "")));
      redis.thaw();
      awaitSeen("hits", "", 3);
    }
  }

  @ParameterizedTest
  @EnumSource(RedisBackend.Mode.class)
  void shouldDeliverOnceALateServerIsThere(final RedisBackend.Mode mode) {
    try (LoggedMessages log = LoggedMessages.of(RedisBackend.class.getName());
        RedisBackend backend = builder().mode(mode).lazy(true).connect()) {
      final MetricRegistry registry = MetricRegistry.create(backend);
      final Counter hits = Counter.builder("hits").register(registry);
      final Gauge level = Gauge.builder("level").register(registry);
      hits.inc(3);
      level.set(7);
      awaitAway(backend);
      assertEquals(3, Seen.of(backend).value("hits", ""));
      assertEquals(7, level.value());
      Meters.await("tried again", () -> Meters.of(backend).get("redis_failed_flushes") > 5);
      redis.restart();
      hits.inc();
      awaitSeen("hits", "", 4);
      awaitSeen("level", "", 7);
      hits.inc();
      awaitSeen("hits", "", 5);
      assertEquals(1, log.messages().size(), log.messages()::toString);
    }
  }

  @ParameterizedTest
  @EnumSource(RedisBackend.Mode.class)
  void shouldKeepOutWhatTheStoreHasOtherwise(final RedisBackend.Mode mode) {
    redis.restart();
    try (RedisBackend first = builder().connect()) {
      Gauge.builder("taken").register(MetricRegistry.create(first)).set(7);
      awaitSeen("taken", "", 7);
    }
    try (LoggedMessages log = LoggedMessages.of(RedisBackend.class.getName());
        RedisBackend backend = builder().mode(mode).connect()) {
      redis.freeze();
      awaitAway(backend);
      final MetricRegistry registry = MetricRegistry.create(backend);
      final Counter hits = Counter.builder("hits").register(registry);
      final Counter taken = Counter.builder("taken").labelNames("by").register(registry);
      final Counter mine = taken.labelValues("me");
      mine.inc();
      hits.inc();
      redis.thaw();
      Meters.await(
          "an error is logged",
          () -> {
            mine.inc();
            taken.labelValues("others").inc();
            return log.messages().stream().anyMatch(line -> line.contains("taken"));
          });
      awaitSeen("hits", "", 1);
      for (int i = 0; i < 1_000; i++) {
        mine.inc();
        taken.labelValues("" + i).inc();
      }
      taken.remove("me");
      hits.inc();
      awaitSeen("hits", "", 2);
      final Seen seen = seen();
      assertEquals(List.of(""), seen.labels("taken"));
      assertEquals(7, seen.value("taken", ""));
      assertEquals(
          1,
          log.messages().stream().filter(line -> line.contains("taken")).count(),
          log.messages()::toString);
      assertThrows(
          MetricConflictException.class,
          () -> Counter.builder("taken").labelNames("by").register(MetricRegistry.create(backend)));
      final Gauge same = Gauge.builder("taken").register(MetricRegistry.create(backend));
      same.inc();
      awaitSeen("taken", "", 8);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientPauseMode.class)
  void shouldCountExactlyOnceThroughAPause(final ClientPauseMode pause) {
    redis.restart();
    try (RedisBackend backend = builder().timeout(Duration.ofMillis(150)).connect()) {
      final Counter hits = Counter.builder("hits").register(MetricRegistry.create(backend));
      hits.inc();
      awaitSeen("hits", "", 1);
      try (Jedis client = redis.client()) {
        client.clientPause(1_000, pause);
      }
      Meters.await(
          "a flush failed",
          () -> {
            hits.inc();
            return Meters.of(backend).get("redis_failed_flushes") > 0;
          });
      Meters.await(
          "it is back",
          () -> {
            hits.inc();
            return Meters.of(backend).get("redis_connected") == 1;
          });
      final double counted = hits.value();
      awaitSeen("hits", "", counted);
      assertEquals(0, Meters.of(backend).get("redis_data_losses"));
    }
  }
}
