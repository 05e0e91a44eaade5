package io.narthex.stress.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class StageTest {
  /** Of no process: the kernel numbers them up to 4,194,304. */
  private static final String DEAD = "narthex-stress-999999999-";

  private static final int SWEEPERS = 4;
  private static final Duration GUARD = Duration.ofMinutes(2);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldSweepWhatIsLeftWhileOthersDo() throws Exception {
    for (int i = 0; i < 50; i++) {
      final Path left = Files.createDirectory(stage.path(DEAD + i));
      for (int j = 0; j < 20; j++) {
        Files.createFile(left.resolve("file-" + j));
      }
    }
    final ExecutorService pool = Executors.newFixedThreadPool(SWEEPERS);
    try {
      final List<Callable<Void>> sweepers = new ArrayList<>();
      for (int i = 0; i < SWEEPERS; i++) {
        sweepers.add(
            () -> {
              Stage.sweep(stage.directory());
              return null;
            });
      }
      for (final Future<Void> sweeper : pool.invokeAll(sweepers)) {
        sweeper.get();
      }
    } finally {
      pool.shutdownNow();
    }
    // One may have turned its back on what another one was at.
    Stage.sweep(stage.directory());
    try (Stream<Path> left = Files.list(stage.directory())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void shouldSweepOnlyWhatIsOfTheDead() throws IOException {
    final Path alive =
        Files.createDirectory(stage.path("narthex-stress-" + ProcessHandle.current().pid() + "-1"));
    final Path other = Files.createDirectory(stage.path("narthex-stress-of-somebody"));
    Files.createDirectory(stage.path(DEAD + "1"));
    Stage.sweep(stage.directory());
    try (Stream<Path> left = Files.list(stage.directory())) {
      assertThat(left).containsExactlyInAnyOrder(alive, other);
    }
  }

  @Test
  void shouldLeaveNothingWhenTheTestsAreBrokenOff() {
    final ChildJvm tests = stage.start(StageHolder.class);
    final Path left = Path.of(tests.await("stage: ", GUARD));
    final long child = Long.parseLong(tests.await("child: ", GUARD));
    assertThat(left).isDirectory();
    tests.signal("TERM");
    assertThat(tests.awaitExit(GUARD)).as(tests.output()).isEqualTo(128 + 15);
    assertThat(left).doesNotExist();
    assertThat(ProcessHandle.of(child)).isEmpty();
  }

  @Test
  void shouldTellWhatTheThreadsOfAChildAreAtThatHangs() {
    final ChildJvm child = stage.start(StageHolder.class, "waiting");
    assertThatThrownBy(() -> child.await("anything", Duration.ofSeconds(2)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("did not in time say 'anything'")
        .hasMessageContaining("at io.narthex.stress.harness.StageHolder.main");
  }

  @Test
  void shouldCloseAllWhenSomeCannotBeClosed() {
    final List<String> closed = new ArrayList<>();
    assertThatThrownBy(
            () ->
                Closing.all(
                    List.of(
                        () -> closed.add("first"),
                        () -> {
                          throw new AssertionError("hangs");
                        },
                        () -> closed.add("third"),
                        () -> {
                          throw new IOException("is busy");
                        },
                        () -> closed.add("last"))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("hangs")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(closed).containsExactly("first", "third", "last");
  }
}
