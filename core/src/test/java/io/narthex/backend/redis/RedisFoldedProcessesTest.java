package io.narthex.backend.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Info;
import io.narthex.MetricRegistry;
import io.narthex.backend.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** Generations of processes that were killed leave one rest, in which all of them count. */
@Timeout(90)
final class RedisFoldedProcessesTest {
  private static final Duration EXPIRY = Duration.ofSeconds(3);

  private static RedisBackend connect(final RedisProcesses redis) {
    return RedisBackend.builder(redis.uri())
        .flushInterval(Duration.ofMillis(20))
        .timeout(Duration.ofSeconds(10))
        .expireKeyTime(EXPIRY)
        .connect();
  }

  @Test
  void shouldStayExactWhenThePartsOfKilledProcessesAreFolded() {
    try (RedisProcesses redis = RedisProcesses.startOwn();
        MetricRegistry registry = MetricRegistry.create(connect(redis))) {
      Gauge.builder("sum").mode(GaugeMode.SUM).register(registry).set(0.25);
      Gauge.builder("min").mode(GaugeMode.MIN).register(registry).set(0);
      Gauge.builder("max").mode(GaugeMode.MAX).register(registry).set(0);
      Gauge.builder("all").mode(GaugeMode.ALL).register(registry).set(0);
      final Gauge odd = Gauge.builder("odd").mode(GaugeMode.MIN).register(registry);
      odd.set(5);
      for (int generation = 1; generation <= 2; generation++) {
        killTwo(redis, generation);
      }
      final Seen before = Seen.of(registry::visit);
      assertRest(before);
      assertEquals(5, before.labels("all").size());
      final double all =
          before.labels("all").stream().mapToDouble(l -> before.value("all", l)).sum();
      assertEquals(1 + 2 + 10 + 20, all);
      try (Jedis client = redis.client()) {
        client.hset("narthex:{odd}", "c ", "1");
        client.hset("narthex:{odd}", "pdead ", "nan");
        assertTrue(Double.isNaN(Seen.of(registry::visit).value("odd", "")));
        Meters.await(
            "only this process has a part",
            () -> {
              Seen.of(registry::visit);
              return List.of("sum", "min", "max", "all", "odd").stream()
                  .allMatch(name -> partsOf(client, name) == 1);
            });
      }
      final Seen after = Seen.of(registry::visit);
      assertRest(after);
      assertEquals(
          List.of(0.0), after.labels("all").stream().map(l -> after.value("all", l)).toList());
      assertTrue(Double.isNaN(after.value("odd", "")), () -> "it is " + after.value("odd", ""));
      try (RedisBackend other = connect(redis)) {
        assertRest(Seen.of(other));
      }
    }
  }

  @Test
  void shouldBringBackLivePartsOfAProcessThatWasAwayForLongerThanTheExpiry() {
    try (RedisProcesses redis = RedisProcesses.startOwn();
        MetricRegistry registry = MetricRegistry.create(connect(redis));
        RedisChild child = RedisChild.start(redis.uri(), Duration.ofMillis(50), EXPIRY)) {
      Gauge.builder("live").mode(GaugeMode.LIVE_SUM).register(registry).set(10);
      Gauge.builder("kept").mode(GaugeMode.SUM).register(registry).set(10);
      Info.builder("build").register(registry);
      child.tell("gauge live LIVE_SUM 4").tell("gauge kept SUM 4").tell("info build").tell("flush");
      child.freeze();
      try (Jedis client = redis.client()) {
        Meters.await(
            "it is forgotten",
            () -> {
              Seen.of(registry::visit);
              return partsOf(client, "live") == 1
                  && partsOf(client, "kept") == 1
                  && partsOf(client, "build") == 0;
            });
      }
      assertEquals(10, Seen.of(registry::visit).value("live", ""));
      child.thaw();
      Meters.await(
          "it is back",
          () -> {
            final Seen seen = Seen.of(registry::visit);
            return seen.value("live", "") == 14 && seen.has("build", "");
          });
      assertEquals(14, Seen.of(registry::visit).value("kept", ""));
      child.tell("gauge live LIVE_SUM 5").tell("flush");
      assertEquals(15, Seen.of(registry::visit).value("live", ""));
    }
  }

  private static void killTwo(final RedisProcesses redis, final int generation) {
    final List<RedisChild> children = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        children.add(RedisChild.start(redis.uri(), Duration.ofMillis(50), EXPIRY));
      }
      int part = generation;
      for (final RedisChild child : children) {
        child.tell("gauge sum SUM " + part * 0.5).tell("gauge min MIN -" + part);
        child.tell("gauge max MAX " + part).tell("gauge all ALL " + part).tell("flush");
        part *= 10;
      }
    } finally {
      children.forEach(RedisChild::close);
    }
  }

  private static long partsOf(final Jedis client, final String family) {
    return client.hkeys("narthex:{" + family + '}').stream()
        .filter(field -> field.startsWith("p"))
        .count();
  }

  private static void assertRest(final Seen seen) {
    assertEquals(0.25 + (1 + 2 + 10 + 20) / 2.0, seen.value("sum", ""));
    assertEquals(-20, seen.value("min", ""));
    assertEquals(20, seen.value("max", ""));
  }
}
