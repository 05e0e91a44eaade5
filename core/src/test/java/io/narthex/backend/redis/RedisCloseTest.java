package io.narthex.backend.redis;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backend that is closed delivers what it can, in the time that it has, and leaves nothing. */
@Timeout(40)
final class RedisCloseTest {
  /** Far more than any close here may take, on however busy a machine. */
  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(8);

  @TempDir Path directory;

  private RedisProcesses redis;

  @BeforeEach
  void start() {
    redis = RedisProcesses.startOwn();
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  /** Delivers when it is closed only. */
  private RedisBackend.Builder builder() {
    return RedisBackend.builder(redis.uri())
        .flushInterval(Duration.ofHours(1))
        .timeout(Duration.ofMillis(300))
        .closeTimeout(Duration.ofSeconds(5));
  }

  private double seen(final String labels) {
    try (RedisBackend viewer = RedisBackend.connect(redis.uri())) {
      return Seen.of(viewer).value("hits", labels);
    }
  }

  private static long threads(final String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }

  private static void assertNoThreadIsLeft() {
    Meters.await("its thread ends", () -> threads("narthex-redis") == 0);
  }

  @Test
  void shouldDeliverWhatIsPending() {
    try (RedisBackend backend = builder().connect()) {
      final Counter hits =
          Counter.builder("hits").labelNames("to").register(MetricRegistry.create(backend));
      for (int i = 0; i < 2_000; i++) {
        hits.labelValues("" + i).inc(i);
      }
    }
    assertEquals(0, seen("to=\"0\""));
    assertEquals(1_999, seen("to=\"1999\""));
    assertNoThreadIsLeft();
  }

  @Test
  void shouldSayWhatIsLostIfTheServerStandsStill() {
    try (LoggedMessages log = LoggedMessages.of(RedisBackend.class.getName())) {
      final RedisBackend backend = builder().closeTimeout(Duration.ofMillis(500)).connect();
      final Counter hits =
          Counter.builder("hits").labelNames("to").register(MetricRegistry.create(backend));
      redis.freeze();
      hits.labelValues("a").inc();
      hits.labelValues("b").inc();
      hits.labelValues("c").inc();
      final long before = System.nanoTime();
      backend.close();
      assertTrue(System.nanoTime() - before < LONG_NANOS, "it waited on and on");
      assertTrue(
          log.messages().stream().anyMatch(line -> line.contains("the updates of 3 series")),
          log.messages()::toString);
      assertNoThreadIsLeft();
    }
  }

  @ParameterizedTest
  @EnumSource(RedisBackend.Mode.class)
  void shouldLetKeptHandlesCountOn(final RedisBackend.Mode mode) {
    final RedisBackend backend = builder().mode(mode).connect();
    use(backend, () -> {});
  }

  @Test
  void shouldLetKeptHandlesCountOnThoughABufferFileIsClosed() {
    final RedisBackend backend = builder().bufferPath(directory.resolve("buffer")).connect();
    use(backend, () -> {});
  }

  @Test
  void shouldLetKeptHandlesCountOnThoughTheThreadIsStillBusyWithABufferFile() {
    final RedisBackend backend =
        builder()
            .timeout(Duration.ofSeconds(2))
            .closeTimeout(Duration.ofMillis(100))
            .bufferPath(directory.resolve("buffer"))
            .connect();
    use(backend, redis::freeze);
    redis.thaw();
    assertNoThreadIsLeft();
  }

  private static void use(final RedisBackend backend, final Runnable beforeClose) {
    try (LoggedMessages log = LoggedMessages.of(RedisBackend.class.getName())) {
      final MetricRegistry registry = MetricRegistry.create(backend);
      final Counter hits = Counter.builder("hits").register(registry);
      final Counter paths = Counter.builder("paths").labelNames("at").register(registry);
      final Counter path = paths.labelValues("/");
      final Gauge level = Gauge.builder("level").register(registry);
      final Histogram size = Histogram.builder("size").register(registry);
      final AtomicBoolean closed = new AtomicBoolean();
      Threads.run(
          2,
          thread -> {
            if (thread == 0) {
              LockSupport.parkNanos(20_000_000);
              beforeClose.run();
              backend.close();
              closed.set(true);
              return;
            }
            int after = 0;
            while (after < 1_000) {
              after += closed.get() ? 1 : 0;
              hits.inc();
              path.inc(0.5);
              level.set(1);
              level.inc();
              size.observe(1);
              paths.labelValues("" + after).inc();
            }
          });
      assertDoesNotThrow(
          () -> {
            hits.value();
            level.value();
            paths.remove("/");
            paths.clear();
            path.inc();
          });
      assertTrue(
          log.messages().stream().noneMatch(line -> line.contains("exchange with Redis")),
          log.messages()::toString);
    }
  }

  @Test
  void shouldBeClosedAnyNumberOfTimesAndByAnyThread() {
    final RedisBackend backend = builder().connect();
    Counter.builder("hits").register(MetricRegistry.create(backend)).inc(3);
    Threads.run(4, thread -> backend.close());
    backend.close();
    assertEquals(3, seen(""));
    assertNoThreadIsLeft();
  }

  @Test
  void shouldAnswerAtOnceOnceItIsClosed() {
    final RedisBackend backend = builder().timeout(Duration.ofDays(1)).connect();
    final MetricRegistry registry = MetricRegistry.create(backend);
    Counter.builder("hits").register(registry).inc(3);
    backend.close();
    assertDoesNotThrow(() -> Seen.of(backend));
    assertDoesNotThrow(() -> backend.unregister("hits"));
  }

  @Test
  void shouldKeepTheInterruptOfWhoeverClosesIt() {
    final RedisBackend backend = builder().connect();
    Counter.builder("hits").register(MetricRegistry.create(backend)).inc(3);
    Thread.currentThread().interrupt();
    backend.close();
    assertTrue(Thread.interrupted());
    assertEquals(3, seen(""));
    assertNoThreadIsLeft();
  }

  @Test
  void shouldLeaveNoThreadWhereItCannotConnect() {
    final URI nobody = URI.create("redis://127.0.0.1:" + RedisProcesses.freePort());
    for (int i = 0; i < 10; i++) {
      assertThrows(NarthexException.class, () -> RedisBackend.connect(nobody).close());
    }
    assertNoThreadIsLeft();
  }

  @Test
  void shouldCloseTheBufferFileWhereItCannotConnect() {
    final URI nobody = URI.create("redis://127.0.0.1:" + RedisProcesses.freePort());
    final Path buffer = directory.resolve("buffer.failed");
    assertThrows(
        NarthexException.class,
        () -> RedisBackend.builder(nobody).bufferPath(buffer).connect().close());
    // One that is open has a thread, which ends when nothing was to do for ten seconds.
    final long by = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (threads("narthex buffer.failed") > 0 && System.nanoTime() < by) {
      LockSupport.parkNanos(1_000_000);
    }
    assertEquals(0, threads("narthex buffer.failed"));
  }

  @Test
  void shouldWaitForAServerThatComesBackInTime() {
    final RedisBackend backend = builder().closeTimeout(Duration.ofSeconds(20)).connect();
    Counter.builder("hits").register(MetricRegistry.create(backend)).inc(3);
    redis.freeze();
    Threads.run(
        2,
        thread -> {
          if (thread == 0) {
            backend.close();
          } else {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(800));
            redis.thaw();
          }
        });
    assertEquals(3, seen(""));
    assertNoThreadIsLeft();
  }
}
