package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Stage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the JVM notes of a page that is gone is told where it is asked for, each time. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class PendingFaultTest {
  private static final int COMPILED = 50_000;
  private static final int FAULTS = 20_000;

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldTellOfEachFaultAtOnce() {
    final ChildJvm reader =
        stage.start(Stage.jvm(FaultingReader.class, stage.path("faults"), COMPILED, FAULTS));
    assertThat(reader.await("told: ", Duration.ofMinutes(2)))
        .startsWith(FAULTS + " of " + FAULTS + ", late 0;");
  }
}
