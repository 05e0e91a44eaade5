package io.narthex.jmh.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.jmh.PrivateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChildTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @AfterEach
  void noProcessIsLeft() {
    Checks.assertNoProcessIsLeft();
  }

  @Test
  void childEndsWithItsInputWhateverItIsAt() throws Exception {
    final Path file;
    try (PrivateDirectory scratch = new PrivateDirectory();
        Child child = worker(scratch)) {
      file = scratch.file();
      child.await("ready", LIMIT);
      child.tell("run calls all 60000 60000");
      assertThatThrownBy(() -> child.answer(Duration.ofMillis(100)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("worker did not answer");
    }
    assertThat(Files.exists(file.getParent())).isFalse();
  }

  @Test
  void childThatFailsSaysWhy() throws Exception {
    try (PrivateDirectory scratch = new PrivateDirectory();
        Child child = worker(scratch)) {
      child.await("ready", LIMIT);
      child.tell("run calls all soon 60000");
      assertThatThrownBy(() -> child.answer(LIMIT))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("worker ended too early, with code 1")
          .hasMessageContaining("NumberFormatException");
    }
  }

  private static Child worker(final PrivateDirectory scratch) throws Exception {
    return Child.start(
        "worker", List.of(), CountingWorker.class, "MAPPED", scratch.file().toString());
  }
}
