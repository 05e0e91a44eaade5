package io.narthex.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.LoggedMessages;
import io.narthex.backend.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted into a buffer file survives its process, and counts once. */
final class BufferFileTest {
  private static final int COUNTS = 1_000;

  private static RedisProcesses redis;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    redis = RedisProcesses.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void empty() {
    redis.empty();
  }

  private Path file() {
    return directory.resolve("buffer.nx");
  }

  private RedisBackend open() {
    return RedisBackend.builder(redis.uri()).bufferPath(file()).connect();
  }

  /** Counts and is killed: with an hour between flushes nothing but its registrations arrives. */
  public static final class Worker {
    private Worker() {}

    public static void main(final String[] args) throws InterruptedException {
      final MetricRegistry registry =
          MetricRegistry.create(
              RedisBackend.builder(URI.create(args[0]))
                  .bufferPath(Path.of(args[1]))
                  .flushInterval(Duration.ofHours(1))
                  .connect());
      final Counter jobs = Counter.builder("jobs").labelNames("l").register(registry);
      final Histogram time =
          Histogram.builder("time").labelNames("l").buckets(1, 2).register(registry);
      for (int i = 0; i < COUNTS; i++) {
        jobs.labelValues("a \"b\"\\\n").inc();
        jobs.labelValues("c").inc(0.5);
        time.labelValues("a").observe(i % 4 - 0.5);
      }
      System.out.write('.');
      System.out.flush();
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  private void countAndDie() throws IOException, InterruptedException {
    final Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                redis.uri().toString(),
                file().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream said = worker.getInputStream()) {
      assertThat(said.read()).isEqualTo('.');
    } finally {
      worker.destroyForcibly();
      assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldDeliverOnceWhatKilledProcessesHadNotDelivered() throws Exception {
    for (int generation = 1; generation <= 3; generation++) {
      countAndDie();
      // The next one registers nothing: it delivers what the file holds.
      try (RedisBackend next = open()) {
        final Seen seen = Seen.of(next);
        assertThat(seen.value("jobs", "l=\"a \\\"b\\\"\\\\\\n\"")).isEqualTo(generation * COUNTS);
        assertThat(seen.value("jobs", "l=\"c\"")).isEqualTo(generation * COUNTS / 2.0);
        assertThat(seen.get("time", "l=\"a\"").buckets())
            .isEqualTo(List.of(generation * 500L, generation * 250L, generation * 250L));
        assertThat(seen.get("time", "l=\"a\"").sum()).isEqualTo(generation * COUNTS);
      }
    }
  }

  @Test
  void shouldCountOnceWhereFileWasMoved() throws Exception {
    countAndDie();
    try (RedisBackend next = open()) {
      assertThat(Seen.of(next).value("jobs", "l=\"c\"")).isEqualTo(COUNTS / 2.0);
    }
    final Path moved = directory.resolve("moved.nx");
    Files.move(file(), moved);
    try (RedisBackend next = RedisBackend.builder(redis.uri()).bufferPath(moved).connect()) {
      assertThat(Seen.of(next).value("jobs", "l=\"c\"")).isEqualTo(COUNTS / 2.0);
    }
  }

  @Test
  void shouldShareFileWithOtherBackendAndCountOnce() {
    try (MetricRegistry one = MetricRegistry.create(open());
        MetricRegistry other = MetricRegistry.create(open())) {
      final Counter first = Counter.builder("jobs").register(one);
      final Counter second = Counter.builder("jobs").register(other);
      for (int i = 0; i < 50; i++) {
        first.inc();
        second.inc(2);
        try (RedisBackend viewer = RedisBackend.connect(redis.uri())) {
          Seen.of(viewer);
        }
        assertThat(first.value()).isEqualTo((i + 1) * 3);
      }
      assertThat(second.value()).isEqualTo(150);
    }
    try (RedisBackend viewer = RedisBackend.connect(redis.uri())) {
      assertThat(Seen.of(viewer).value("jobs", "")).isEqualTo(150);
    }
  }

  @Test
  void shouldNotBringBackWhatWasCountedBeforeRemoval() throws Exception {
    countAndDie();
    try (MetricRegistry registry = MetricRegistry.create(open())) {
      final Counter jobs = Counter.builder("jobs").labelNames("l").register(registry);
      jobs.remove("c");
      jobs.clear();
      jobs.labelValues("c").inc(3);
    }
    try (RedisBackend next = open()) {
      final Seen seen = Seen.of(next);
      assertThat(seen.labels("jobs")).containsExactly("l=\"c\"");
      assertThat(seen.value("jobs", "l=\"c\"")).isEqualTo(3);
      assertThat(seen.get("time", "l=\"a\"").buckets()).containsExactly(500L, 250L, 250L);
    }
  }

  @Test
  void shouldBringBackAllOfTheFileWhenTheServerIsEmptied() {
    try (LoggedMessages log = LoggedMessages.of("io.narthex.backend.redis");
        MetricRegistry registry = MetricRegistry.create(open())) {
      final Counter jobs = Counter.builder("jobs").register(registry);
      jobs.inc(10);
      jobs.clear();
      jobs.inc(1);
      Meters.await("it is counted", () -> stored() == 1);
      redis.empty();
      // Where the count stood at the removal was in Redis alone.
      Meters.await("all of the file is back", () -> stored() == 11);
      assertThat(log.messages())
          .anyMatch(m -> m.contains("jobs was lost") && m.contains("what the buffer file counted"));
    }
  }

  private static double stored() {
    try (RedisBackend viewer = RedisBackend.connect(redis.uri())) {
      final Seen seen = Seen.of(viewer);
      return seen.labels("jobs").isEmpty() ? 0 : seen.value("jobs", "");
    }
  }

  @Test
  void shouldSayWhatGoesWithBufferFile() {
    assertThatThrownBy(
            () ->
                RedisBackend.fromConfig(
                    Map.of(
                        "uri",
                        redis.uri().toString(),
                        "layout",
                        "pytheus",
                        "buffer",
                        "mapped",
                        "buffer_path",
                        file().toString())))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("native only");
    assertThatThrownBy(() -> RedisBackend.fromConfig(Map.of("buffer", "mapped")))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("buffer_path");
    assertThatThrownBy(() -> RedisBackend.fromConfig(Map.of("buffer_path", "x")))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("mapped");
  }
}
