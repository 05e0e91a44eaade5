package io.narthex.stress.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Namespace;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A directory that is mounted read-only, as a scraper in a container of its own has it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ReadOnlyMountTest {
  private static final Duration GUARD = Duration.ofSeconds(60);
  private static final int MANY = 3_000;

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldShowLiveFileOnAReadOnlyMountAndRefuseToCountThere() throws IOException {
    final Path directory = Files.createDirectory(stage.path("written"));
    final Path place = Files.createDirectory(stage.path("mounted"));
    try (MetricRegistry registry =
        MetricRegistry.create(
            MappedBackend.builder(directory.resolve("a.nx")).initialSize(512 << 10).open())) {
      final Counter counter = Counter.builder("n").labelNames("n").register(registry);
      counter.labelValues("a").inc(5);
      Gauge.builder("g").mode(GaugeMode.LIVE_SUM).register(registry).set(3);
      final ChildJvm child =
          stage.start(
              Stage.jvm(Scraper.class, place).behind(Namespace.withReadOnly(directory, place)));
      assertThat(child.await("first: ", GUARD)).as(child.output()).isEqualTo("1 5.0 3.0");
      // It grows while it is looked at.
      for (int n = 0; n < MANY; n++) {
        counter.labelValues("n" + n).inc();
      }
      child.command("again");
      assertThat(child.await("second: ", GUARD)).isEqualTo(1 + MANY + " " + (5.0 + MANY) + " 3.0");
      assertThat(child.await("old: ", GUARD))
          .contains(place.resolve("a.nx").toString(), "Read-only file system");
      assertThat(child.await("new: ", GUARD))
          .contains(place.resolve("new.nx").toString(), "Read-only file system");
      assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();
    }
  }

  /** Looks at a file, then tries to count. Argument: the directory that is mounted read-only. */
  public static final class Scraper {
    private Scraper() {}

    /** See the class. */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
      final Path directory = Path.of(arguments[0]);
      try {
        Files.createFile(directory.resolve("probe"));
        throw new AssertionError(directory + " is not mounted read-only");
      } catch (final FileSystemException e) {
        ChildMain.say("as it should be: " + e.getMessage());
      }
      final Path file = directory.resolve("a.nx");
      try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
        ChildMain.say("first: " + shown(viewer));
        ChildMain.nextCommand();
        ChildMain.say("second: " + shown(viewer));
      }
      ChildMain.say("old: " + refusal(file));
      ChildMain.say("new: " + refusal(directory.resolve("new.nx")));
    }

    private static String shown(final MetricRegistry viewer) {
      final Page page = Page.of(viewer);
      return page.count("n_total") + " " + page.sum("n_total") + " " + page.value("g");
    }

    private static String refusal(final Path file) {
      try {
        MappedBackend.open(file).close();
        return "opened";
      } catch (final NarthexException e) {
        return e.getMessage();
      }
    }
  }
}
