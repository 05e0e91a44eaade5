package io.narthex.stress.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.ClassArchive;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process that has no descriptor left. What it has open goes on and grows; what cannot be opened
 * says why, with nothing to spare and with too little; nothing stays open of an opening that
 * failed.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class DescriptorLimitTest {
  private static final Duration GUARD = Duration.ofMinutes(2);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldGoOnWithoutDescriptorsAndSayThatTheyAreMissingWhereTheyAre() throws IOException {
    final Path directory = Files.createDirectory(stage.path("files"));
    try (MetricRegistry registry =
        MetricRegistry.create(MappedBackend.open(directory.resolve("made.nx")))) {
      Counter.builder("made").register(registry).inc();
    }
    // Classes come out of jars, which stay open, as those of an application do.
    final ChildJvm child =
        stage.start(
            ClassArchive.in(Files.createDirectory(stage.path("jars")))
                .packed(Stage.jvm(DescriptorWorker.class, directory))
                .behind("bash", "-c", "ulimit -n 128; exec \"$@\"", "limited"));
    final double counted = Double.parseDouble(child.await("counted: ", GUARD));
    assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();

    final List<String> openings =
        child
            .output()
            .lines()
            .filter(line -> line.matches("(new|old|viewer).* to spare: .*"))
            .toList();
    openings.forEach(System.out::println);
    assertThat(openings).hasSize(18);
    for (final String opening : openings) {
      if (opening.contains("with none") || !opening.endsWith("opened")) {
        assertThat(opening).contains("Too many open files", directory.toString());
      }
    }
    assertThat(openings.get(openings.size() - 1)).as("there were enough").endsWith("opened");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".new"));
    }
    FileVerifier.verify(directory.resolve("counted.nx"));
    assertThat(Page.of(directory.resolve("counted.nx")).sum("n_total")).isEqualTo(counted);
  }
}
