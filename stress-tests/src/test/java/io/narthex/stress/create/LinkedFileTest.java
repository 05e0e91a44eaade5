package io.narthex.stress.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two JVMs come to one file by different paths and make it grow at once. If each had a lock of its
 * own, one would write its zeros over what the other has counted already.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class LinkedFileTest {
  private static final int COUNTERS = 20_000;
  private static final int HISTOGRAMS = 2_000;
  private static final int INITIAL_SIZE = 512 << 10;
  private static final Duration GUARD = Duration.ofMinutes(5);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldCountExactlyWhenOneProcessComesThroughALinkToTheDirectory() throws IOException {
    final Path directory = Files.createDirectory(stage.path("directory"));
    final Path link = Files.createSymbolicLink(stage.path("link"), directory);

    createThrough(directory.resolve("linked.nx"), link.resolve("linked.nx"));
  }

  @Test
  void shouldCountExactlyWhenOneProcessComesThroughALinkToTheFile() throws IOException {
    final Path file = stage.path("linked.nx");
    // A link that leads to no file is refused.
    MappedBackend.builder(file).initialSize(INITIAL_SIZE).open().close();
    final Path directory = Files.createDirectory(stage.path("elsewhere"));

    createThrough(file, Files.createSymbolicLink(directory.resolve("other-name.nx"), file));
  }

  private void createThrough(final Path real, final Path linked) throws IOException {
    final List<Path> paths = List.of(real, linked);
    final List<ChildJvm> workers = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      workers.add(stage.start(CreatingWorker.class, paths.get(i), COUNTERS, HISTOGRAMS, i));
    }
    workers.forEach(worker -> worker.await("ready", GUARD));
    workers.forEach(worker -> worker.command("go"));
    for (final ChildJvm worker : workers) {
      worker.await("created", GUARD);
      assertThat(worker.awaitExit(GUARD)).as(worker.output()).isZero();
    }
    for (final Path path : paths) {
      final Page page = Page.of(path);
      CreatedOnce.check(page, "n_total", COUNTERS, workers.size());
      CreatedOnce.check(page, "h_count", HISTOGRAMS, workers.size());
      CreatedOnce.check(page, "h_sum", HISTOGRAMS, workers.size());
    }
    assertThat(Files.size(real)).as("it has grown").isGreaterThan(8L * INITIAL_SIZE);
    System.out.printf("%s: grew to %d KiB%n", linked.getFileName(), Files.size(real) >> 10);
  }
}
