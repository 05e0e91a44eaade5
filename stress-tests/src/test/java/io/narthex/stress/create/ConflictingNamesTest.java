package io.narthex.stress.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of two families that cannot stand beside each other, one gets the name, for all processes. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ConflictingNamesTest {
  private static final int NAMES = 300;
  private static final Duration GUARD = Duration.ofMinutes(2);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldGiveEachNameToOneTypeWhenProcessesRegisterBothAtOnce() {
    final Path file = stage.path("conflict.nx");
    final List<ChildJvm> workers = new ArrayList<>();
    for (final String type : List.of("counter", "gauge", "counter", "gauge")) {
      workers.add(stage.start(RegisteringWorker.class, file, NAMES, type));
    }
    workers.forEach(worker -> worker.await("ready", GUARD));
    workers.forEach(worker -> worker.command("go"));
    final List<String> outcomes =
        workers.stream().map(worker -> worker.await("registered ", GUARD)).toList();
    final Page page = Page.of(file);
    int counters = 0;
    for (int n = 0; n < NAMES; n++) {
      final boolean counter = outcomes.get(0).charAt(n) == '1';
      assertThat(outcomes.get(2).charAt(n) == '1').as("m" + n).isEqualTo(counter);
      assertThat(outcomes.get(1).charAt(n) == '1').as("m" + n).isEqualTo(!counter);
      assertThat(outcomes.get(3).charAt(n) == '1').as("m" + n).isEqualTo(!counter);
      assertThat(page.value("m" + n + "_total")).as("m" + n).isEqualTo(2);
      counters += counter ? 1 : 0;
    }
    System.out.printf("conflicts: %d names, %d to the counter%n", NAMES, counters);
  }
}
