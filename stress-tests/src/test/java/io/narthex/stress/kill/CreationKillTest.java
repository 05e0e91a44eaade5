package io.narthex.stress.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Ledger;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Kills pairs of JVMs while they create files, families and series, all the same ones. {@code
 * -Dnarthex.stress.creation.kills=1000} makes it longer, {@code -Dnarthex.stress.creation.seed=N}
 * waits as a run did that printed the seed.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class CreationKillTest {
  private static final int ROUNDS = Integer.getInteger("narthex.stress.creation.kills", 16) / 2;
  private static final long SEED = Long.getLong("narthex.stress.creation.seed", System.nanoTime());
  private static final int PAIR = 2;
  private static final Duration GUARD = Duration.ofSeconds(60);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldLeaveOnlyWholeFilesWhenKilledWhileCreatingThem(final TestReporter reporter)
      throws Exception {
    System.out.println("creation: seed " + SEED);
    final Random random = new Random(SEED);
    int files = 0;
    for (int round = 0; round < ROUNDS; round++) {
      final Path directory = Files.createDirectory(stage.path("round-" + round));
      final List<Ledger> ledgers = new ArrayList<>();
      final List<ChildJvm> pair = new ArrayList<>();
      for (int i = 0; i < PAIR; i++) {
        final Path ledger = stage.path("ledger-" + round + "-" + i);
        ledgers.add(Ledger.open(ledger, FileCreatingWorker.MOST_FILES));
        pair.add(stage.start(FileCreatingWorker.class, directory, ledger));
      }
      for (final ChildJvm jvm : pair) {
        jvm.await("creating", GUARD);
      }
      // Some are killed at their first file, the others when they are in full swing.
      final long deadline = System.nanoTime() + GUARD.toNanos();
      while (round % 4 != 0 && ledgers.get(0).load(2, FileCreatingWorker.COUNTED) == 0) {
        assertThat(pair.get(0).isAlive()).as(pair.get(0).output()).isTrue();
        assertThat(System.nanoTime() - deadline)
            .as("creates nothing:\n%s", pair.get(0).output())
            .isNegative();
        Thread.sleep(1);
      }
      Thread.sleep(random.nextInt(300));
      for (final ChildJvm jvm : pair) {
        assertThat(jvm.kill()).as("seed %d:\n%s", SEED, jvm.output()).isEqualTo(128 + 9);
      }
      files += check(directory, ledgers);
      Stage.delete(directory);
    }
    reporter.publishEntry("kills", Integer.toString(ROUNDS * PAIR));
    reporter.publishEntry("files whole", Integer.toString(files));
    assertThat(files).isPositive();
  }

  private static int check(final Path directory, final List<Ledger> ledgers) throws IOException {
    int number = 0;
    for (; Files.exists(FileCreatingWorker.file(directory, number)); number++) {
      final int row = number;
      final long acknowledged =
          ledgers.stream().mapToLong(l -> l.load(row, FileCreatingWorker.COUNTED)).sum();
      final Path file = FileCreatingWorker.file(directory, number);
      assertThat(Page.of(file).sum("n_total"))
          .as(file.toString())
          .isBetween((double) acknowledged, (double) acknowledged + PAIR);
      FileVerifier.verify(file);
      try (MetricRegistry writer = MetricRegistry.create(CountingWorker.open(file))) {
        final Counter counter = Counter.builder("n_total").labelNames("n").register(writer);
        for (int n = 0; n < FileCreatingWorker.SERIES; n++) {
          counter.labelValues("n" + n).inc();
        }
        final Page page = Page.of(writer);
        assertThat(page.count("n_total")).isEqualTo(FileCreatingWorker.SERIES);
        assertThat(page.sum("n_total"))
            .isBetween(
                (double) acknowledged + FileCreatingWorker.SERIES,
                (double) acknowledged + FileCreatingWorker.SERIES + PAIR);
      }
    }
    final int files = number;
    assertThat(ledgers)
        .allSatisfy(l -> assertThat(l.load(files, FileCreatingWorker.COUNTED)).isZero());
    return files;
  }
}
