package io.narthex.backend.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.MetricRegistry;
import io.narthex.backend.Seen;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a process leaves behind when it is killed, ends, or stands still. */
@Timeout(60)
final class RedisLivenessTest {
  private static RedisProcesses redis;

  private MetricRegistry registry;
  private RedisChild child;

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
    registry =
        MetricRegistry.create(
            RedisBackend.builder(redis.uri())
                .flushInterval(Duration.ofMillis(50))
                .timeout(Duration.ofSeconds(10))
                .connect());
    child = RedisChild.start(redis.uri(), Duration.ofMillis(50), Duration.ofHours(1));
  }

  @AfterEach
  void close() {
    child.close();
    registry.close();
  }

  private Seen seen() {
    return Seen.of(registry::visit);
  }

  /** One part of this process, 10, and one of the child, 4; of the infos one by the child only. */
  private void haveParts() {
    Gauge.builder("live").mode(GaugeMode.LIVE_SUM).register(registry).set(10);
    Gauge.builder("kept").mode(GaugeMode.SUM).register(registry).set(10);
    child.tell("gauge live LIVE_SUM 4").tell("gauge kept SUM 4").tell("info build").tell("flush");
    assertParts(14, true);
  }

  private void assertParts(final double live, final boolean info) {
    final Seen seen = seen();
    assertEquals(live, seen.value("live", ""));
    assertEquals(14, seen.value("kept", ""));
    assertEquals(info, seen.has("build", ""));
  }

  @Test
  void shouldDropLivePartsOfAKilledProcessAfterItsLease() {
    haveParts();
    child.close();
    Meters.await("it is dead", () -> seen().value("live", "") == 10);
    assertParts(10, false);
  }

  @Test
  void shouldDropLivePartsOfAProcessThatEndsAtOnce() {
    haveParts();
    child.tell("close");
    assertParts(10, false);
  }

  @Test
  void shouldTakeAProcessThatStandsStillForDeadUntilItGoesOn() {
    haveParts();
    child.freeze();
    Meters.await("it is dead", () -> seen().value("live", "") == 10);
    assertParts(10, false);
    child.thaw();
    Meters.await("it is back", () -> seen().value("live", "") == 14);
    assertParts(14, true);
    child.tell("gauge live LIVE_SUM 5").tell("flush");
    assertParts(15, true);
  }

  @Test
  void shouldLoseNoMoreThanWhatWasCountedSinceTheLastFlush() {
    try (RedisChild slow =
        RedisChild.start(redis.uri(), Duration.ofHours(1), Duration.ofHours(1))) {
      slow.tell("count jobs 1000").tell("flush").tell("count jobs 500");
    }
    assertEquals(1_000, seen().value("jobs", ""));
    child.tell("count jobs 100").tell("flush").tell("count jobs 50");
    child.close();
    final double jobs = seen().value("jobs", "");
    assertFalse(jobs < 1_100 || jobs > 1_150, () -> "it is " + jobs);
  }
}
