package io.narthex.backend.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.LoggedMessages;
import io.narthex.backend.Seen;
import io.narthex.backend.Threads;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** What a server does to those who count into it: it refuses, and it forgets. */
@Timeout(40)
final class RedisRefusalTest {
  private RedisProcesses redis;

  @BeforeEach
  void start() {
    redis = RedisProcesses.startOwn();
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  private URI as(final String credentials) {
    return URI.create("redis://" + credentials + "@127.0.0.1:" + redis.uri().getPort());
  }

  private static RedisBackend.Builder builder(final URI uri) {
    return RedisBackend.builder(uri)
        .flushInterval(Duration.ofMillis(10))
        .timeout(Duration.ofSeconds(2));
  }

  private Seen seen() {
    try (RedisBackend viewer = RedisBackend.connect(redis.uri())) {
      return Seen.of(viewer);
    }
  }

  private void awaitSeen(final String family, final double value) {
    Meters.await(
        family + " is " + value,
        () -> {
          final Seen seen = seen();
          return seen.has(family, "") && seen.value(family, "") == value;
        });
  }

  private void configure(final String setting, final String value) {
    try (Jedis client = redis.client()) {
      client.configSet(setting, value);
    }
  }

  private void permit(final String... rules) {
    try (Jedis client = redis.client()) {
      client.aclSetUser("limited", rules);
    }
  }

  @Test
  void shouldSayThatThePasswordIsWrongAndNotShowIt() {
    permit("on", ">r1ght", "~*", "+@all");
    final NarthexException e =
        assertThrows(
            NarthexException.class, () -> RedisBackend.connect(as("limited:wr0ng")).close());
    final String where = "redis://limited:***@127.0.0.1:" + redis.uri().getPort();
    assertTrue(e.getMessage().contains(where), e.getMessage());
    assertTrue(e.getMessage().contains("WRONGPASS"), e.getMessage());
    final StringWriter all = new StringWriter();
    e.printStackTrace(new PrintWriter(all, true));
    assertFalse(all.toString().contains("wr0ng"), all::toString);
  }

  @Test
  void shouldDeliverOnceTheServerTakesThePassword() {
    permit("on", ">r1ght", "~*", "+@all");
    try (LoggedMessages log = LoggedMessages.of(RedisBackend.class.getName());
        RedisBackend backend = builder(as("limited:wr0ng")).lazy(true).connect()) {
      final Counter hits = Counter.builder("hits").register(MetricRegistry.create(backend));
      hits.inc(3);
      Meters.await("tried again", () -> Meters.of(backend).get("redis_failed_flushes") > 5);
      assertEquals(0, Meters.of(backend).get("redis_connected"));
      assertEquals(1, log.messages().size(), log.messages()::toString);
      assertTrue(log.messages().get(0).contains("WRONGPASS"), log.messages()::toString);
      assertFalse(log.messages().get(0).contains("wr0ng"), log.messages()::toString);
      permit(">wr0ng");
      awaitSeen("hits", 3);
      assertEquals(1, log.messages().size(), log.messages()::toString);
    }
  }

  @Test
  void shouldDeliverOnceScriptsAreAllowed() {
    permit("on", ">r1ght", "~*", "+@all");
    refuseAndCure(
        "NOPERM",
        "let the user run EVAL",
        as("limited:r1ght"),
        () -> permit("-eval", "-evalsha"),
        () -> permit("+eval", "+evalsha"));
  }

  @Test
  void shouldDeliverOnceAReplicaIsAMasterAgain() {
    refuseAndCure(
        "READONLY",
        "connect to its master",
        redis.uri(),
        () -> {
          try (Jedis client = redis.client()) {
            client.replicaof("127.0.0.1", RedisProcesses.freePort());
          }
        },
        () -> {
          try (Jedis client = redis.client()) {
            client.replicaofNoOne();
          }
        });
  }

  @Test
  void shouldDeliverOnceThereIsMemoryAgain() {
    try (Jedis client = redis.client()) {
      client.set("filler", "x".repeat(2_000_000));
    }
    refuseAndCure(
        "OOM",
        "more memory (maxmemory)",
        redis.uri(),
        () -> configure("maxmemory", "1mb"),
        () -> configure("maxmemory", "100mb"));
  }

  private void refuseAndCure(
      final String kind,
      final String advice,
      final URI uri,
      final Runnable refuse,
      final Runnable cure) {
    try (LoggedMessages log = LoggedMessages.of(RedisBackend.class.getName());
        RedisBackend backend = builder(uri).connect()) {
      final MetricRegistry registry = MetricRegistry.create(backend);
      final Counter hits = Counter.builder("hits").register(registry);
      final Gauge level = Gauge.builder("level").register(registry);
      hits.inc();
      level.inc(2);
      awaitSeen("level", 2);
      refuse.run();
      hits.inc(2);
      level.inc(2);
      final Histogram late = Histogram.builder("late").buckets(1).register(registry);
      late.observe(0.5);
      final double failed = Meters.of(backend).get("redis_failed_flushes");
      Meters.await(
          "it tries again", () -> Meters.of(backend).get("redis_failed_flushes") > failed + 10);
      hits.inc(0.5);
      late.observe(2);
      assertEquals(3.5, Seen.of(backend).value("hits", ""));
      assertEquals(List.of(1L, 1L), Seen.of(backend).get("late", "").buckets());
      assertEquals(3, Meters.of(backend).get("redis_pending_series"));
      cure.run();
      Meters.await("all arrived", () -> Meters.of(backend).get("redis_pending_series") == 0);
      final Seen seen = seen();
      assertEquals(3.5, seen.value("hits", ""));
      assertEquals(4, seen.value("level", ""));
      assertEquals(List.of(1L, 1L), seen.get("late", "").buckets());
      assertEquals(2.5, seen.get("late", "").sum());
      assertEquals(0, Meters.of(backend).get("redis_data_losses"));
      for (final String family : List.of("hits", "level", "late")) {
        final List<String> lines =
            log.messages().stream().filter(line -> line.contains("refuses " + family)).toList();
        assertEquals(1, lines.size(), log.messages()::toString);
        assertTrue(lines.get(0).contains(kind) && lines.get(0).contains(advice), lines::toString);
      }
    }
  }

  @Test
  void shouldCountExactlyOnceWhileScriptsAreForgotten() {
    final int processes = 2;
    final int rounds = 150;
    final AtomicInteger working = new AtomicInteger(processes);
    Threads.run(
        processes + 1,
        thread -> {
          if (thread == processes) {
            try (Jedis client = redis.client()) {
              while (working.get() > 0) {
                client.scriptFlush();
              }
            }
            return;
          }
          try (RedisBackend backend = builder(redis.uri()).connect()) {
            final MetricRegistry registry = MetricRegistry.create(backend);
            final Counter hits = Counter.builder("hits").register(registry);
            final Counter paths = Counter.builder("paths").labelNames("at").register(registry);
            for (int round = 0; round < rounds; round++) {
              hits.inc();
              for (int i = 0; i < 500; i++) {
                paths.labelValues("" + i).inc();
              }
              LockSupport.parkNanos(3_000_000);
            }
          } finally {
            working.decrementAndGet();
          }
        });
    final Seen seen = seen();
    assertEquals(processes * rounds, seen.value("hits", ""));
    for (int i = 0; i < 500; i++) {
      assertEquals(processes * rounds, seen.value("paths", "at=\"" + i + '"'));
    }
  }

  @Test
  void shouldGoOnFromThereWhenTheServerIsEmptiedUnderLoad() {
    try (RedisBackend backend = builder(redis.uri()).connect()) {
      final Counter hits = Counter.builder("hits").register(MetricRegistry.create(backend));
      hits.inc();
      awaitSeen("hits", 1);
      Threads.run(
          3,
          thread -> {
            for (int i = 0; i < 200; i++) {
              if (thread == 0 && i == 100) {
                redis.empty();
              }
              hits.inc();
              LockSupport.parkNanos(1_000_000);
            }
          });
      Meters.await(
          "all arrived",
          () ->
              Meters.of(backend).get("redis_pending_series") == 0
                  && Meters.of(backend).get("redis_data_losses") > 0);
      final double left = seen().value("hits", "");
      assertTrue(left > 0 && left <= 601, () -> "it holds " + left);
      hits.inc(5);
      awaitSeen("hits", left + 5);
    }
  }

  @Test
  void shouldAddUpAgainWhatSeveralHaveAddedToAGaugeThatWasLost() {
    try (RedisBackend one = builder(redis.uri()).connect();
        RedisBackend two = builder(redis.uri()).connect()) {
      final Gauge mine = Gauge.builder("level").register(MetricRegistry.create(one));
      final Gauge theirs = Gauge.builder("level").register(MetricRegistry.create(two));
      mine.inc(4);
      mine.dec();
      theirs.inc(5);
      awaitSeen("level", 8);
      for (int round = 1; round <= 10; round++) {
        final int losses = round;
        redis.empty();
        Meters.await(
            "both noticed",
            () ->
                Meters.of(one).get("redis_data_losses") >= losses
                    && Meters.of(two).get("redis_data_losses") >= losses);
        awaitSeen("level", 8);
        LockSupport.parkNanos(1_000_000L * round);
      }
      mine.dec();
      theirs.inc(2);
      awaitSeen("level", 9);
    }
  }
}
