package io.narthex.stress.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The file loses its name while processes have it open: it is deleted, another one gets its place,
 * or its directory goes. Who counts goes on with the old one, makes it grow, and says so; who looks
 * changes over to the new one as soon as there is one.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LostFileTest {
  private static final Duration GUARD = Duration.ofSeconds(60);

  /** Makes the file of 512 KiB grow. */
  private static final int MANY = 4_000;

  private static final String METER = "the meter tells that the file was replaced";

  @AutoClose private final Stage stage = Stage.open();

  private final Path directory = stage.path("lost");
  private final Path file = directory.resolve("lost.nx");

  @Test
  void shouldGoOnWithDeletedFileUntilThereIsANewOne() throws IOException {
    final Asked writer = start(false);
    final Asked viewer = start(true);
    Files.delete(file);
    checkGoingOn(writer);
    assertThat(viewer.ask(0)).as("what it has is what the writer has").isEqualTo(2.0 * MANY);
    checkChangingOver(viewer, writer);
  }

  @Test
  void shouldGoOnWithReplacedFileAndShowTheNewOne() throws IOException {
    final Asked writer = start(false);
    final Asked viewer = start(true);
    final Path other = directory.resolve("other.nx");
    count(other);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    checkGoingOn(writer);
    checkChangingOver(viewer, writer);
  }

  @Test
  void shouldGoOnWithoutTheDirectoryUntilThereIsANewOne() throws IOException {
    final Asked writer = start(false);
    final Asked viewer = start(true);
    Stage.delete(directory);
    checkGoingOn(writer);
    assertThat(viewer.ask(0)).as("what it has is what the writer has").isEqualTo(2.0 * MANY);
    Files.createDirectory(directory);
    checkChangingOver(viewer, writer);
  }

  private Asked start(final boolean viewer) throws IOException {
    Files.createDirectories(directory);
    final Asked started = new Asked(stage.start(LostFileWorker.class, file, viewer));
    assertThat(started.ask(viewer ? 0 : 1)).isEqualTo(2);
    return started;
  }

  private void checkGoingOn(final Asked writer) {
    writer.jvm.await("WARNING: " + file + " was deleted or replaced while this process", GUARD);
    assertThat(writer.jvm.output()).doesNotContain(METER);
    assertThat(writer.ask(MANY - 1)).isEqualTo(2.0 * MANY);
    assertThat(writer.jvm.output()).contains(METER);
  }

  /** The new file is there, or comes now; both go on, each with its own. */
  private void checkChangingOver(final Asked viewer, final Asked writer) {
    if (!Files.exists(file)) {
      count(file);
    }
    final long deadline = System.nanoTime() + GUARD.toNanos();
    while (viewer.ask(0) != 7) {
      assertThat(System.nanoTime() - deadline).as(viewer.jvm.output()).isNegative();
    }
    assertThat(writer.ask(10)).isEqualTo(2.0 * (MANY + 10));
    assertThat(Page.of(file).sum("n_total")).as("nothing of the old one").isEqualTo(7);
    writer.exit();
    viewer.exit();
    assertThat(Page.of(file).sum("n_total")).isEqualTo(7);
  }

  private static void count(final Path path) {
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(path))) {
      Counter.builder("n").labelNames("n").register(registry).labelValues("new").inc(7);
    }
  }

  /** A process that answers. */
  private static final class Asked {
    private final ChildJvm jvm;
    private int asked;

    Asked(final ChildJvm jvm) {
      this.jvm = jvm;
      jvm.await("ready", GUARD);
    }

    double ask(final int series) {
      asked++;
      jvm.command(Integer.toString(series));
      return Double.parseDouble(jvm.await("sum " + asked + ": ", GUARD));
    }

    void exit() {
      jvm.command("exit");
      assertThat(jvm.awaitExit(GUARD)).as(jvm.output()).isZero();
    }
  }
}
