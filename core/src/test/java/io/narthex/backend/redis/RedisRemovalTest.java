package io.narthex.backend.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.Seen;
import io.narthex.backend.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one process removes goes for all, and what is counted after it counts. */
@Timeout(60)
final class RedisRemovalTest {
  private static final int THREADS = 3;

  private static RedisProcesses redis;

  private MetricRegistry one;
  private MetricRegistry other;
  private RedisBackend oneBackend;

  @BeforeAll
  static void start() {
    redis = RedisProcesses.startOwn();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void open() {
    redis.empty();
    oneBackend = connect();
    one = MetricRegistry.create(oneBackend);
    other = MetricRegistry.create(connect());
  }

  @AfterEach
  void close() {
    redis.thaw();
    one.close();
    other.close();
  }

  private static RedisBackend connect() {
    return RedisBackend.builder(redis.uri())
        .flushInterval(Duration.ofMillis(10))
        .timeout(Duration.ofSeconds(1))
        .connect();
  }

  private static Counter hits(final MetricRegistry in) {
    return Counter.builder("hits").labelNames("to").register(in);
  }

  /** A visit carries what is pending before it looks. */
  private static Seen seen(final MetricRegistry in) {
    return Seen.of(in::visit);
  }

  private static Seen seenByThird() {
    try (RedisBackend third = connect()) {
      return Seen.of(third);
    }
  }

  @Test
  void shouldNeverFallBelowZeroWhileAnotherRemoves() {
    final int rounds = 60;
    final int updates = 500;
    final Counter removing = hits(one);
    final Counter counting = hits(other);
    final Histogram removingTimes = Histogram.builder("times").buckets(1).register(one);
    final Histogram times = Histogram.builder("times").buckets(1).register(other);
    final AtomicInteger running = new AtomicInteger(THREADS);
    Threads.run(
        THREADS + 2,
        thread -> {
          if (thread < THREADS) {
            final Counter mine = counting.labelValues("a");
            for (int round = 0; round < rounds; round++) {
              for (int i = 0; i < updates; i++) {
                mine.inc();
                times.observe(0.5);
              }
              LockSupport.parkNanos(10_000_000);
            }
            running.decrementAndGet();
          } else if (thread == THREADS) {
            for (int i = 0; running.get() > 0; i++) {
              if (i % 2 == 0) {
                removing.remove("a");
                removingTimes.clear();
              } else {
                removing.clear();
                removingTimes.remove();
              }
              LockSupport.parkNanos(5_000_000);
            }
          } else {
            while (running.get() > 0) {
              assertSound(seen(one), rounds * updates * THREADS);
              assertSound(seen(other), rounds * updates * THREADS);
              final double value = counting.labelValues("a").value();
              assertTrue(value >= 0, () -> "it is " + value);
            }
          }
        });
    seen(other);
    removing.remove("a");
    removingTimes.clear();
    seen(one);
    counting.labelValues("a").inc(2);
    times.observe(0.25);
    seen(other);
    for (final Seen seen : List.of(seenByThird(), seen(one), seen(other))) {
      assertEquals(2, seen.value("hits", "to=\"a\""));
      assertEquals(List.of(1L, 0L), seen.get("times", "").buckets());
      assertEquals(0.25, seen.get("times", "").sum());
    }
  }

  private static void assertSound(final Seen seen, final int most) {
    if (seen.has("hits", "to=\"a\"")) {
      final double value = seen.value("hits", "to=\"a\"");
      assertTrue(value >= 0 && value <= most, () -> "it is " + value);
    }
    if (seen.has("times", "")) {
      final Seen.Value value = seen.get("times", "");
      final long count = value.buckets().get(0);
      assertTrue(count >= 0 && count <= most, () -> "it is " + count);
      assertEquals(0, value.buckets().get(1));
    }
  }

  @Test
  void shouldCountAllThatBeginsAfterTheRemovalOfAnother() {
    final Counter removing = hits(one);
    final Counter counting = hits(other);
    final AtomicBoolean removed = new AtomicBoolean();
    final AtomicInteger after = new AtomicInteger();
    final AtomicInteger all = new AtomicInteger();
    Threads.run(
        THREADS + 1,
        thread -> {
          if (thread == THREADS) {
            Meters.await("it counts", () -> all.get() > 10_000);
            seen(other); // something has arrived that goes
            removing.remove("a");
            seen(one);
            removed.set(true);
          } else {
            final Counter mine = counting.labelValues("a");
            for (int left = 5_000; left > 0; ) {
              final boolean counts = removed.get();
              mine.inc();
              all.incrementAndGet();
              if (counts) {
                left--;
                after.incrementAndGet();
              }
            }
          }
        });
    seen(other);
    final double value = seenByThird().value("hits", "to=\"a\"");
    assertTrue(
        value >= after.get() && value < all.get(), () -> value + " of " + after + ", " + all);
  }

  @Test
  void shouldRemoveForAllWhatOnlyOthersMade() {
    final Counter removing = hits(one);
    final Gauge level = Gauge.builder("level").labelNames("of").register(other);
    final Gauge removingLevel = Gauge.builder("level").labelNames("of").register(one);
    hits(other).labelValues("a").inc(3);
    hits(other).labelValues("b").inc(4);
    level.labelValues("x").set(5);
    seen(other);
    seen(one);

    assertFalse(removing.remove("c"));
    assertTrue(removing.remove("a"));
    assertFalse(removing.remove("a"));
    assertTrue(removingLevel.remove("x"));
    for (final Seen seen : List.of(seen(one), seenByThird(), seen(other))) {
      assertEquals(List.of("to=\"b\""), seen.labels("hits"));
      assertEquals(List.of(), seen.labels("level"));
    }
    hits(other).labelValues("a").inc();
    level.labelValues("x").inc();
    seen(other);
    assertEquals(1, seen(one).value("hits", "to=\"a\""));
    assertEquals(1, seen(one).value("level", "of=\"x\""));
  }

  @Test
  void shouldRemoveAfterTheServerStoodStill() {
    final Counter hits = hits(one);
    final Counter kept = hits.labelValues("kept");
    final Counter gone = hits.labelValues("gone");
    gone.inc(5);
    kept.inc(5);
    seen(one);
    redis.freeze();
    gone.inc(7);
    kept.inc(7);
    Meters.await("it is away", () -> Meters.of(oneBackend).get("redis_connected") == 0);
    assertTrue(hits.remove("gone"));
    assertFalse(seen(one).has("hits", "to=\"gone\""));
    hits.labelValues("again").inc(3);
    assertTrue(hits.remove("again"));
    hits.labelValues("again").inc(2);
    redis.thaw();
    Meters.await(
        "it arrived",
        () -> {
          final Seen seen = seenByThird();
          return seen.labels("hits").equals(List.of("to=\"again\"", "to=\"kept\""))
              && seen.value("hits", "to=\"kept\"") == 12
              && seen.value("hits", "to=\"again\"") == 2;
        });
    gone.inc();
    assertEquals(1, seen(one).value("hits", "to=\"gone\""));
    assertEquals(1, seenByThird().value("hits", "to=\"gone\""));
  }

  @Test
  void shouldCountNowhereWhatAnotherUnregistered() {
    final Counter before = hits(one);
    final Counter stale = before.labelValues("a");
    stale.inc();
    seen(one);
    hits(other).labelValues("a").inc();
    seen(other);
    assertTrue(other.unregister("hits"));

    stale.inc();
    before.labelValues("b").inc();
    Meters.await("it heard", () -> !seen(one).names().contains("hits"));
    stale.inc();
    before.labelValues("c").inc();
    before.remove("a");
    before.clear();
    assertEquals(0, stale.value());
    assertEquals(List.of(), seenByThird().names());

    final Gauge anew = Gauge.builder("hits").register(other);
    anew.set(3);
    assertEquals(3, seen(other).value("hits", ""));
    final Gauge there = Gauge.builder("hits").register(one);
    stale.inc(100);
    before.labelValues("a").inc(100);
    there.inc();
    seen(one);
    assertEquals(4, seenByThird().value("hits", ""));
    assertEquals(4, seen(other).value("hits", ""));
    assertEquals(List.of(""), seen(one).labels("hits"));
    assertEquals(4, anew.value());
  }
}
