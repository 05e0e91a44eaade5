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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
    return seen(RedisBackend.Layout.NATIVE);
  }

  private Seen seen(final RedisBackend.Layout layout) {
    try (RedisBackend viewer = builder(redis.uri()).layout(layout).connect()) {
      if (layout == RedisBackend.Layout.PYTHEUS) { // which has no catalog
        new Some(MetricRegistry.create(viewer)).late();
      }
      return Seen.of(viewer);
    }
  }

  /** Metrics of some kinds. */
  private static final class Some {
    final MetricRegistry registry;
    final Counter hits;
    final Gauge level;

    Some(final MetricRegistry registry) {
      this.registry = registry;
      this.hits = Counter.builder("hits").register(registry);
      this.level = Gauge.builder("level").register(registry);
    }

    Histogram late() {
      return Histogram.builder("late").buckets(1).register(registry);
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
  void shouldDeliverOnceAUserIsAllowedInAgain() {
    permit("on", ">r1ght", "~*", "+@all");
    try (LoggedMessages log = LoggedMessages.of(RedisBackend.class.getName());
        RedisBackend backend = builder(as("limited:r1ght")).connect()) {
      final Counter hits = Counter.builder("hits").register(MetricRegistry.create(backend));
      hits.inc();
      awaitSeen("hits", 1);
      try (Jedis client = redis.client()) {
        client.aclDelUser("limited"); // cuts its connections
      }
      hits.inc();
      Meters.await("it is away", () -> Meters.of(backend).get("redis_connected") == 0);
      hits.inc();
      permit("on", ">r1ght", "~*", "+@all");
      awaitSeen("hits", 3);
      assertEquals(1, log.messages().size(), log.messages()::toString);
      assertTrue(log.messages().get(0).contains("WRONGPASS"), log.messages()::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({"NATIVE,BUFFERED", "NATIVE,DIRECT", "PYTHEUS,BUFFERED", "PYTHEUS,DIRECT"})
  void shouldDeliverOnceScriptsAreAllowed(
      final RedisBackend.Layout layout, final RedisBackend.Mode mode) {
    permit("on", ">r1ght", "~*", "+@all");
    refuseAndCure(
        "NOPERM",
        "let the user run EVAL",
        builder(as("limited:r1ght")).layout(layout).mode(mode),
        layout,
        () -> permit("-eval", "-evalsha"),
        () -> permit("+eval", "+evalsha"));
  }

  @ParameterizedTest
  @CsvSource({"NATIVE,BUFFERED", "NATIVE,DIRECT", "PYTHEUS,BUFFERED", "PYTHEUS,DIRECT"})
  void shouldDeliverOnceAReplicaIsAMasterAgain(
      final RedisBackend.Layout layout, final RedisBackend.Mode mode) {
    refuseAndCure(
        "READONLY",
        "connect to its master",
        builder(redis.uri()).layout(layout).mode(mode),
        layout,
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

  @ParameterizedTest
  @CsvSource({"NATIVE,BUFFERED", "NATIVE,DIRECT", "PYTHEUS,BUFFERED", "PYTHEUS,DIRECT"})
  void shouldDeliverOnceThereIsMemoryAgain(
      final RedisBackend.Layout layout, final RedisBackend.Mode mode) {
    try (Jedis client = redis.client()) {
      client.set("filler", "x".repeat(2_000_000));
    }
    refuseAndCure(
        "OOM",
        "more memory (maxmemory)",
        builder(redis.uri()).layout(layout).mode(mode),
        layout,
        () -> configure("maxmemory", "1mb"),
        () -> configure("maxmemory", "100mb"));
  }

  private void refuseAndCure(
      final String kind,
      final String advice,
      final RedisBackend.Builder builder,
      final RedisBackend.Layout layout,
      final Runnable refuse,
      final Runnable cure) {
    try (LoggedMessages log = LoggedMessages.of(RedisBackend.class.getName());
        RedisBackend backend = builder.connect()) {
      final Some some = new Some(MetricRegistry.create(backend));
      some.hits.inc();
      some.level.inc(2);
      Meters.await("all arrived", () -> Meters.of(backend).get("redis_pending_series") == 0);
      refuse.run();
      some.hits.inc(2);
      some.level.inc(2);
      final Histogram late = some.late();
      late.observe(0.5);
      final double failed = Meters.of(backend).get("redis_failed_flushes");
      Meters.await(
          "it tries again", () -> Meters.of(backend).get("redis_failed_flushes") > failed + 10);
      some.hits.inc(0.5);
      late.observe(2);
      assertEquals(3.5, Seen.of(backend).value("hits", ""));
      assertEquals(List.of(1L, 1L), Seen.of(backend).get("late", "").buckets());
      assertEquals(3, Meters.of(backend).get("redis_pending_series"));
      cure.run();
      Meters.await("all arrived", () -> Meters.of(backend).get("redis_pending_series") == 0);
      final Seen seen = seen(layout);
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

  @ParameterizedTest
  @EnumSource(RedisBackend.Mode.class)
  void shouldAddUpAgainWhatSeveralHaveAddedToAGaugeThatWasLost(final RedisBackend.Mode mode) {
    try (RedisBackend one = builder(redis.uri()).mode(mode).connect();
        RedisBackend two = builder(redis.uri()).mode(mode).connect()) {
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
