package io.narthex.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Increments are many, commands are few. */
final class RedisCommandsTest {
  private static RedisProcesses redis;

  @BeforeAll
  static void start() {
    redis = RedisProcesses.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  /** What clients asked for; what scripts call is part of one command. */
  private static long commands() {
    try (Jedis client = redis.client()) {
      return Arrays.stream(client.info("commandstats").split("\r\n"))
          .filter(line -> line.startsWith("cmdstat_eval"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^:]*:calls=(\\d+),.*", "$1")))
          .sum();
    }
  }

  @Test
  void shouldSendLessThanOneCommandForThousandUpdates() {
    final int updates = 2_000_000;
    redis.empty();
    final long before = commands();
    try (MetricRegistry registry = MetricRegistry.create(RedisBackend.connect(redis.uri()))) {
      final Counter jobs = Counter.builder("jobs").labelNames("l").register(registry);
      final Histogram time = Histogram.builder("time").register(registry);
      for (int i = 0; i < updates / 2; i++) {
        jobs.labelValues(i % 2 == 0 ? "a" : "b").inc();
        time.observe(0.02);
      }
    }
    final double sent = commands() - before;
    System.out.printf("%.0f commands for %d updates%n", sent, updates);

    assertThat(sent).isPositive();
    assertThat(sent / updates).isLessThan(0.001);
    try (MetricRegistry registry = MetricRegistry.create(RedisBackend.connect(redis.uri()))) {
      final Counter jobs = Counter.builder("jobs").labelNames("l").register(registry);
      assertThat(jobs.labelValues("a").value()).isEqualTo(updates / 4.0);
    }
  }
}
