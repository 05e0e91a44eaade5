package io.narthex.stress.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Namespace;
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

/** The kernel, and nothing else, decides which process is alive. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LivenessTest {
  private static final Duration GUARD = Duration.ofSeconds(60);

  /** How old a lock file has to be to prove that who has not locked it is dead. */
  private static final long SETTLING_MILLIS = 5_000;

  private static final int ATTEMPTS = 10;

  @AutoClose private final Stage stage = Stage.open();

  private final Path file = stage.path("live.nx");

  private ChildJvm worker(final double value) {
    return stage.start(GaugeWorker.class, file, value);
  }

  @Test
  void shouldForgetKilledProcessAtTheNextScrape() {
    final List<ChildJvm> workers = new ArrayList<>();
    for (final double value : new double[] {1, 20, 300, 4000}) {
      workers.add(worker(value));
    }
    workers.forEach(worker -> worker.await("set ", GUARD));
    try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      final Page all = Page.of(viewer);
      assertThat(all.value("g_live_sum{l=\"a\"}")).isEqualTo(4321);
      assertThat(all.value("g_live_min{l=\"a\"}")).isEqualTo(1);
      assertThat(all.value("g_live_max{l=\"a\"}")).isEqualTo(4000);
      assertThat(all.count("g_live_all")).isEqualTo(4);
      assertThat(all.count("build_info")).isEqualTo(4);

      workers.get(0).kill();
      final Page killed = Page.of(viewer);
      assertThat(killed.value("g_live_sum{l=\"a\"}")).isEqualTo(4320);
      assertThat(killed.value("g_live_min{l=\"a\"}")).isEqualTo(20);
      assertThat(killed.count("g_live_all")).isEqualTo(3);
      assertThat(killed.value("build_info{version=\"v1\"}")).isNull();
      assertThat(killed.value("g_sum{l=\"a\"}")).isEqualTo(4321);
      assertThat(killed.value("g_min{l=\"a\"}")).isEqualTo(1);
      assertThat(killed.count("g_all")).isEqualTo(4);

      // Not dead, only stopped.
      workers.get(1).signal("STOP");
      assertThat(Page.of(viewer).value("g_live_sum{l=\"a\"}")).isEqualTo(4320);
      workers.get(1).signal("CONT");

      workers.get(2).command("close");
      assertThat(workers.get(2).awaitExit(GUARD)).as(workers.get(2).output()).isZero();
      assertThat(Page.of(viewer).value("g_live_sum{l=\"a\"}")).isEqualTo(4020);
      assertThat(Page.of(viewer).value("g_live_max{l=\"a\"}")).isEqualTo(4000);
    }
  }

  /**
   * All has to be over within 5 s of the new lock file, which a busy machine may not do: what was
   * seen later says nothing, and is tried again.
   */
  @Test
  void shouldTakeNobodyForDeadWhoHadNoTimeToLockNewLockFile() throws Exception {
    String told = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      final Path tried = stage.path("relocked-" + attempt + ".nx");
      try (ChildJvm first = stage.start(GaugeWorker.class, tried, 1.0)) {
        first.await("set ", GUARD);
        if (isRelockedInTime(tried, first)) {
          return;
        }
        told = first.output();
      }
    }
    throw new AssertionError("too late " + ATTEMPTS + " times; at last it said:\n" + told);
  }

  private boolean isRelockedInTime(final Path tried, final ChildJvm first) throws Exception {
    final Path lock = Path.of(tried + ".lock").toRealPath();
    final String relocked = "WARNING: " + lock + " was deleted; this process locked it anew";
    try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(tried))) {
      // So that it cannot be quicker than those who open the file.
      first.signal("STOP");
      Files.delete(lock);
      assertThat(Page.of(viewer).value("g_live_sum{l=\"a\"}")).isEqualTo(1);
      final ChildJvm second = stage.start(GaugeWorker.class, tried, 20.0);
      second.await("set ", GUARD);
      final Page stopped = Page.of(viewer);
      first.signal("CONT");
      while (!first.output().contains(relocked) && !isSettled(lock)) {
        Thread.sleep(1);
      }
      final Page goingOn = Page.of(viewer);
      if (isSettled(lock)) {
        second.kill();
        return false;
      }
      assertThat(stopped.value("g_live_sum{l=\"a\"}")).isEqualTo(21);
      assertThat(goingOn.value("g_live_sum{l=\"a\"}")).isEqualTo(21);
      assertThat(goingOn.value("g_sum{l=\"a\"}")).isEqualTo(21);
      second.kill();
      assertThat(Page.of(viewer).value("g_live_sum{l=\"a\"}")).isEqualTo(1);
      first.kill();
      assertThat(Page.of(viewer).value("g_live_sum{l=\"a\"}")).isNull();
      assertThat(first.output()).doesNotContain("another process has taken row");
      return true;
    }
  }

  /** Whether a lock file is so old that it proves somebody dead. */
  private static boolean isSettled(final Path lock) throws IOException {
    return System.currentTimeMillis() - Files.getLastModifiedTime(lock).toMillis()
        >= SETTLING_MILLIS;
  }

  @Test
  void shouldTellProcessesOfTwoContainersApartThatHaveOnePid() {
    final String[] container = Namespace.withPids();
    final ChildJvm first = stage.start(Stage.jvm(GaugeWorker.class, file, 1).behind(container));
    final ChildJvm second = stage.start(Stage.jvm(GaugeWorker.class, file, 20).behind(container));
    assertThat(first.await("set ", GUARD)).isEqualTo("1");
    assertThat(second.await("set ", GUARD)).isEqualTo("1");

    final Page both = Page.of(file);
    assertThat(both.value("g_live_sum{l=\"a\"}")).isEqualTo(21);
    assertThat(both.samples().keySet())
        .contains(
            "g_live_all{l=\"a\",pid=\"1-1\"}",
            "g_live_all{l=\"a\",pid=\"1-2\"}",
            "g_all{l=\"a\",pid=\"1-1\"}");

    first.kill(); // and with it, a moment later, the process in the container
    final Page one = awaitAlive(1);
    assertThat(one.count("g_live_all")).isEqualTo(1);
    assertThat(one.value("g_live_all{l=\"a\",pid=\"1\"}")).isEqualTo(20);
    assertThat(one.value("g_sum{l=\"a\"}")).isEqualTo(21);

    // The next one takes over the row of the dead.
    final ChildJvm third = stage.start(Stage.jvm(GaugeWorker.class, file, 300).behind(container));
    assertThat(third.await("set ", GUARD)).isEqualTo("1");
    third.command("look");
    assertThat(third.await("sees ", GUARD)).as("from within").isEqualTo("320.0 alive of 321.0");
    final Page next = Page.of(file);
    assertThat(next.value("g_live_sum{l=\"a\"}")).isEqualTo(320);
    assertThat(next.value("g_sum{l=\"a\"}")).isEqualTo(321);
    assertThat(next.count("g_live_all")).isEqualTo(2);
  }

  private Page awaitAlive(final int processes) {
    final long deadline = System.nanoTime() + GUARD.toNanos();
    Page page = Page.of(file);
    while (page.count("g_live_all") != processes) {
      assertThat(System.nanoTime() - deadline).as("%s", page.samples()).isNegative();
      page = Page.of(file);
    }
    return page;
  }
}
