package io.narthex.stress.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Namespace;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The 64 MB of {@code /dev/shm} that a container has unless it is given more. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class SmallSharedMemoryTest {
  private static final long SIZE = 64L << 20;
  private static final Duration GUARD = Duration.ofMinutes(2);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldOpenWithTheDefaultsAndGrowToTheEndOfTheSharedMemoryOfAContainer() throws IOException {
    final Path directory = Files.createDirectory(stage.path("shm"));
    final ChildJvm worker =
        stage.start(
            Stage.jvm(Container.class, directory).behind(Namespace.withTmpfs(directory, "64m")));
    assertThat(Long.parseLong(worker.await("opened: ", GUARD))).isLessThanOrEqualTo(4L << 20);
    // What is left is less than the room of one more series.
    assertThat(Long.parseLong(worker.await("grown: ", GUARD))).isBetween(SIZE - (1L << 20), SIZE);
    assertThat(Double.parseDouble(worker.await("overflowed: ", GUARD))).isPositive();
    assertThat(worker.await("refused: ", GUARD))
        .contains(directory.resolve("large.nx").toString(), "asked for 83886080 bytes", "shm-size");
    assertThat(worker.await("left: ", GUARD)).isEqualTo("[orders.nx, orders.nx.lock]");
    assertThat(worker.awaitExit(GUARD)).as(worker.output()).isZero();
  }

  /** Counts until there is no room, then asks for more than there can be. Argument: a directory. */
  public static final class Container {
    private static final int BUCKETS = 1_000;
    private static final int REFUSED = 3;

    /** For so long a file that could not grow is not asked again. */
    private static final long FAILED_JUST_NOW_MILLIS = 1_100;

    private Container() {}

    /** See the class. */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
      final Path directory = Path.of(arguments[0]);
      final Path file = directory.resolve("orders.nx");
      try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file))) {
        ChildMain.say("opened: " + Files.size(file));
        final Histogram histogram =
            Histogram.builder("h").labelNames("n").linearBuckets(1, 1, BUCKETS).register(registry);
        final Histogram overflow = histogram.labelValues("__overflow__");
        int n = 0;
        // One on a busy machine may be for want of time, not of room.
        for (int refused = 0; refused < REFUSED && n < 10_000; n++) {
          final long before = overflow.count();
          histogram.labelValues("n" + n).observe(n % BUCKETS);
          refused = overflow.count() > before ? refused + 1 : 0;
          if (refused > 0) {
            Thread.sleep(FAILED_JUST_NOW_MILLIS);
          }
        }
        ChildMain.say("grown: " + Files.size(file));
        for (int i = 0; i < 1_000; i++) {
          histogram.labelValues("n" + i).observe(1);
        }
        final Page page = Page.of(registry);
        if (page.sum("h_count") != n + 1_000) {
          throw new AssertionError(page.sum("h_count") + " of " + (n + 1_000));
        }
        ChildMain.say("overflowed: " + page.value("h_count{n=\"__overflow__\"}"));
      }
      try {
        MappedBackend.builder(directory.resolve("large.nx")).initialSize(80 << 20).open().close();
      } catch (final NarthexException e) {
        ChildMain.say("refused: " + e.getMessage());
      }
      try (var files = Files.list(directory)) {
        ChildMain.say(
            "left: " + files.map(path -> path.getFileName().toString()).sorted().toList());
      }
    }
  }
}
