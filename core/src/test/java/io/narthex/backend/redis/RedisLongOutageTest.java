package io.narthex.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.Seen;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server stands still, then is killed, each for a while: {@code -Dnarthex.test.outageSeconds},
 * 3 unless said.
 */
final class RedisLongOutageTest {
  private static final int SERIES = 1_000;
  private static final long MOST_GROWTH = 4L << 20;

  @TempDir Path directory;

  private long updates;

  @Test
  void shouldCountExactlyAndKeepMemoryFlatHoweverLongServerIsAway() throws Exception {
    final long seconds = Long.getLong("narthex.test.outageSeconds", 3);
    try (RedisProcesses redis =
            RedisProcesses.startOwn(RedisProcesses.appendOnly(directory.toString()));
        MetricRegistry registry =
            MetricRegistry.create(
                RedisBackend.builder(redis.uri())
                    .flushInterval(Duration.ofMillis(50))
                    .timeout(Duration.ofMillis(500))
                    .connect())) {
      final Counter jobs = Counter.builder("jobs").labelNames("n").register(registry);
      final Histogram time = Histogram.builder("time").labelNames("n").register(registry);
      final Gauge depth = Gauge.builder("depth").register(registry);
      countFor(1, jobs, time, depth);

      redis.freeze();
      countFor(1, jobs, time, depth);
      final long before = usedMemory();
      countFor(seconds, jobs, time, depth);
      final long frozen = usedMemory() - before;
      redis.thaw();

      redis.kill();
      countFor(seconds, jobs, time, depth);
      final long killed = usedMemory() - before;
      redis.restart();

      System.out.printf(
          "outages of %d s: %d updates, memory grew by %d and %d kB%n",
          seconds, updates, frozen >> 10, killed >> 10);
      assertThat(frozen).isLessThan(MOST_GROWTH);
      assertThat(killed).isLessThan(MOST_GROWTH);
      Meters.await("all arrived", () -> arrived(redis) == 3 * updates);
    }
  }

  private void countFor(
      final long seconds, final Counter jobs, final Histogram time, final Gauge depth) {
    final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      for (int i = 0; i < SERIES; i++) {
        final String n = Integer.toString(i);
        jobs.labelValues(n).inc();
        time.labelValues(n).observe(i / 100.0);
        depth.inc();
      }
      updates += SERIES;
    }
  }

  private static long usedMemory() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static double arrived(final RedisProcesses redis) {
    try (RedisBackend viewer = RedisBackend.connect(redis.uri())) {
      final Seen seen = Seen.of(viewer);
      double sum = seen.value("depth", "");
      for (int i = 0; i < SERIES; i++) {
        final String labels = "n=\"" + i + '"';
        sum += seen.value("jobs", labels);
        sum += seen.get("time", labels).buckets().stream().mapToLong(Long::longValue).sum();
      }
      return sum;
    }
  }
}
