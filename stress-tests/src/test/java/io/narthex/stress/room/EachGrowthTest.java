package io.narthex.stress.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Namespace;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * A file system that is full at one growth after the other, of each kind of segment: with nothing
 * left at all, and with so little that the file grows by less than it wants to, and then no more.
 *
 * <p>{@code -Dnarthex.stress.room.growths=3} comes to more growths than the usual 2 of each kind;
 * each takes twice to four times as many series as the one before.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class EachGrowthTest {
  private static final int GROWTHS = Integer.getInteger("narthex.stress.room.growths", 2);
  private static final int STEP_KIB = 64;
  private static final int STEPS = 4;
  private static final Duration GUARD = Duration.ofMinutes(5L * GROWTHS);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldLoseNothingWhenThereIsNoRoomAtAGrowth(final TestReporter reporter) throws IOException {
    final Map<Filling.Kind, ChildJvm> workers = new EnumMap<>(Filling.Kind.class);
    for (final Filling.Kind kind : Filling.Kind.values()) {
      workers.put(kind, start(kind));
    }
    for (final Map.Entry<Filling.Kind, ChildJvm> worker : workers.entrySet()) {
      check(worker.getKey(), worker.getValue());
    }
    reporter.publishEntry("growths without room", Integer.toString(GROWTHS * workers.size()));
  }

  private ChildJvm start(final Filling.Kind kind) throws IOException {
    final Path directory = Files.createDirectory(stage.path(kind.name()));
    final List<Object> arguments = new ArrayList<>(List.of(directory, kind));
    for (int growth = 0; growth < GROWTHS; growth++) {
      arguments.add(growth % STEPS * STEP_KIB);
    }
    return stage.start(
        Stage.jvm(GrowthWorker.class, arguments.toArray())
            .behind(Namespace.withTmpfs(directory, "256m")));
  }

  private void check(final Filling.Kind kind, final ChildJvm worker) throws IOException {
    worker.await("finished", GUARD);
    final List<String> output = worker.output().lines().toList();
    assertThat(output.stream().filter(line -> line.startsWith("grew with"))).hasSize(GROWTHS);
    output.stream()
        .filter(line -> line.startsWith("grew with") || line.startsWith("overflowed at"))
        .forEach(line -> System.out.println(kind + ": " + line));
    final String counted =
        output.stream()
            .filter(line -> line.startsWith("counted: "))
            .reduce((first, second) -> second)
            .orElseThrow();

    // Only the worker sees its file system; the kernel shows it to us by way of the worker.
    final Path copy = stage.path(kind + ".nx");
    Files.copy(
        Path.of("/proc/" + worker.pid() + "/root" + stage.path(kind.name()) + "/grown.nx"), copy);
    FileVerifier.verify(copy);
    assertThat(Page.of(copy).sum(kind == Filling.Kind.CELLS ? "h_count" : "n_total"))
        .isEqualTo(Double.parseDouble(counted.substring("counted: ".length())));
    worker.command("exit");
    assertThat(worker.awaitExit(GUARD)).as(worker.output()).isZero();
  }
}
