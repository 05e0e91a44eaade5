package io.narthex.backend.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.Seen;
import io.narthex.backend.Threads;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lost reply does not tell whether a request was carried out; what is counted counts once. */
@Timeout(60)
final class RedisCutConnectionsTest {
  private static final int THREADS = 3;
  private static final int BACKENDS = 2;

  private static RedisProcesses redis;

  @BeforeAll
  static void start() {
    redis = RedisProcesses.startOwn();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void empty() {
    redis.empty();
  }

  @Test
  void shouldCountExactlyOnceWhenConnectionsAreCut() {
    cutAndCount(RedisBackend.Mode.BUFFERED, 250, 200, 0.12);
  }

  @Test
  void shouldCountExactlyOnceInDirectModeWhenConnectionsAreCut() {
    cutAndCount(RedisBackend.Mode.DIRECT, 250, 2, 0.03);
  }

  @Test
  void shouldCountExactlyOnceInAClusterWhenConnectionsAreCut() {
    try (RedisClusterProcesses cluster = RedisClusterProcesses.start()) {
      final URI uri = cluster.uri();
      final Workload one = new Workload(uri, RedisBackend.Mode.BUFFERED);
      final Workload two = new Workload(uri, RedisBackend.Mode.BUFFERED);
      Threads.run(
          2 * THREADS + 1,
          thread -> {
            if (thread == 2 * THREADS) {
              for (int i = 0; i < 100; i++) {
                cluster.killClients();
                LockSupport.parkNanos(3_000_000);
              }
            } else {
              (thread % 2 == 0 ? one : two).run(thread, 100, 20);
            }
          });
      one.close();
      two.close();
      assertExact(uri, 100L * 20);
    }
  }

  private static void cutAndCount(
      final RedisBackend.Mode mode, final int rounds, final int updates, final double share) {
    try (CuttingProxy proxy = CuttingProxy.before(redis.uri())) {
      final Workload one = new Workload(proxy.uri(), mode);
      final Workload two = new Workload(proxy.uri(), mode);
      proxy.cut(share);
      long repeats = 0;
      do { // a busy machine flushes less often, and so is cut less often
        Threads.run(
            BACKENDS * THREADS,
            thread -> (thread % BACKENDS == 0 ? one : two).run(thread, rounds, updates));
        repeats++;
      } while (proxy.cuts() <= 30 && repeats < 30);
      proxy.cut(0);
      final long cuts = proxy.cuts();
      assertTrue(cuts > 30, () -> "only " + cuts + " cuts");
      one.close();
      two.close();
      assertExact(redis.uri(), repeats * rounds * updates);
    }
  }

  private static void assertExact(final URI uri, final long perThread) {
    final long count = perThread * THREADS * BACKENDS;
    final double all = count;
    try (RedisBackend viewer = RedisBackend.connect(uri)) {
      final Seen seen = Seen.of(viewer);
      assertEquals(all, seen.value("hits", ""));
      assertEquals(
          all * 0.25, seen.value("bytes", "kind=\"a\"") + seen.value("bytes", "kind=\"b\""));
      assertEquals(all * 3.0, seen.value("level", ""));
      assertEquals(all, seen.value("parts", ""));
      final Seen.Value distribution = seen.get("size", "");
      assertEquals(List.of(count, count, 0L, count), distribution.buckets());
      assertEquals(all * (0.5 + 1.5 + 9), distribution.sum());
    }
  }

  /** What one process does. */
  private static final class Workload implements AutoCloseable {
    private final MetricRegistry registry;
    private final Counter hits;
    private final Counter bytes;
    private final Gauge level;
    private final Gauge parts;
    private final Histogram size;

    Workload(final URI uri, final RedisBackend.Mode mode) {
      registry =
          MetricRegistry.create(
              RedisBackend.builder(uri)
                  .mode(mode)
                  .flushInterval(Duration.ofMillis(3))
                  .closeTimeout(Duration.ofSeconds(20))
                  .connect());
      hits = Counter.builder("hits").register(registry);
      bytes = Counter.builder("bytes").labelNames("kind").register(registry);
      level = Gauge.builder("level").register(registry);
      parts = Gauge.builder("parts").mode(GaugeMode.SUM).register(registry);
      size = Histogram.builder("size").buckets(1, 2, 3).register(registry);
    }

    void run(final int thread, final int rounds, final int updates) {
      final Counter kind = bytes.labelValues(thread % 2 == 0 ? "a" : "b");
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < updates; i++) {
          hits.inc();
          kind.inc(0.25);
          level.inc(4);
          level.dec();
          parts.inc();
          size.observe(0.5);
          size.observe(1.5);
          size.observe(9);
        }
        LockSupport.parkNanos(2_000_000);
      }
    }

    @Override
    public void close() {
      registry.close();
    }
  }
}
