package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Stage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the JVM notes of a page that is gone is told where it is asked for, each time. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class PendingFaultTest {
  private static final int COMPILED = 50_000;
  private static final int FAULTS = 20_000;
  private static final Duration GUARD = Duration.ofMinutes(2);

  @AutoClose private final Stage stage = Stage.open();

  @ParameterizedTest(name = "{0}, with the flag for memory: {1}")
  @CsvSource({
    "LONG, false",
    "LONG, true",
    "VOLATILE, false",
    "VOLATILE, true",
    "BYTES, false",
    "BYTES, true"
  })
  void shouldTellOfEachFaultAtOnce(final FaultingReader.Way way, final boolean flag) {
    final ChildJvm.Builder jvm =
        Stage.jvm(FaultingReader.class, stage.path("faults"), way, COMPILED, FAULTS);
    final ChildJvm reader = stage.start(flag ? jvm : jvm.withoutFlag());
    assertThat(reader.await("told: ", GUARD)).startsWith(FAULTS + " of " + FAULTS + ", late 0;");
  }

  @Test
  void shouldNotBlameAFileForTheFaultOfAnotherMapping() {
    final ChildJvm viewer =
        stage.start(Stage.jvm(InnocentViewer.class, stage.path("faults"), stage.path("view.nx")));
    assertThat(viewer.await("told: ", GUARD))
        .matches("[1-9][0-9]* errors, 0 times blamed, then a whole page; .*");
  }
}
