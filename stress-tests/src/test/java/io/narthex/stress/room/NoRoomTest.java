package io.narthex.stress.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
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

/**
 * No room: a limit of the process on the size of files, and a file system that is full. Whoever
 * asks is told what was asked for and what is free; what exists goes on.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class NoRoomTest {
  private static final Duration GUARD = Duration.ofMinutes(3);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldRefuseToCreateAboveTheLimitOfFileSizes() {
    final ChildJvm child = stage.start(limited(300, 512 << 10));
    assertThat(child.await("refused: ", GUARD))
        .contains("limited.nx", "asked for 524288 bytes", "free");
    assertThat(child.await("left: ", GUARD)).isEqualTo("[]");
    assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();
  }

  @Test
  void shouldGoOnWithWhatExistsAtTheLimitOfFileSizes() {
    final ChildJvm child = stage.start(limited(1_000, 512 << 10));
    checkOverflow(child);
    final Page page = Page.of(stage.path("limited.nx"));
    assertThat(page.sum("n_total")).isEqualTo(Double.parseDouble(child.await("counted: ", GUARD)));
    System.out.println("ulimit: " + child.await("not registered: ", GUARD));
  }

  /** The limit is in blocks of 1 KiB. */
  private ChildJvm.Builder limited(final int blocks, final int initialSize) {
    return Stage.jvm(LimitedWorker.class, stage.directory(), initialSize)
        .behind("bash", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "limited");
  }

  @Test
  void shouldRefuseToCreateInAFullFileSystem() throws Exception {
    final ChildJvm child = stage.start(mounted("6m", 1 << 20, (5 << 20) + (500 << 10)));
    assertThat(child.await("refused: ", GUARD))
        .contains("limited.nx", "asked for 1048576 bytes", "are free", "shm-size");
    assertThat(child.await("left: ", GUARD)).isEqualTo("[filler]");
    assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();
  }

  @Test
  void shouldGoOnInAFullFileSystemAndRecoverWhenThereIsRoomAgain() throws Exception {
    final ChildJvm child = stage.start(mounted("6m", 1 << 20, 3 << 20));
    checkOverflow(child);
    System.out.println("tmpfs: " + child.await("not registered: ", GUARD));
    child.await("recovered", GUARD);
  }

  private static void checkOverflow(final ChildJvm child) {
    assertThat(Double.parseDouble(child.await("overflowed: ", GUARD))).isPositive();
    assertThat(Integer.parseInt(child.await("series: ", GUARD))).isGreaterThan(500);
    assertThat(child.await("not registered: ", GUARD)).contains("asked for", "free");
    child.await("WARNING: no room to note that a series of n", GUARD);
    child.await("not removed after: ", GUARD);
    child.await("finished", GUARD);
    assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();
  }

  /** A JVM that sees a small file system. */
  private ChildJvm.Builder mounted(final String size, final int initialSize, final int filler)
      throws IOException {
    final Path directory = Files.createDirectory(stage.path("small"));
    return Stage.jvm(LimitedWorker.class, directory, initialSize, filler)
        .behind(Namespace.withTmpfs(directory, size));
  }
}
