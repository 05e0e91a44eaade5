package io.narthex.tools.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.backend.mapped.MappedBackend;
import io.narthex.tools.file.NewName;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are served, without a server. */
final class CandidatesTest {
  @TempDir private Path parent;

  private final StringWriter told = new StringWriter();
  private final Notes notes = new Notes(new PrintWriter(told), new PrintWriter(told));
  private Path directory;
  private Path file;

  @BeforeEach
  void make() throws IOException {
    directory = Files.createDirectory(parent.resolve("d"));
    file = directory.resolve("a.nx");
    MappedBackend.open(file).close();
  }

  @Test
  void shouldTakeAFileOnceHoweverItIsNamed() {
    final Path other = Path.of("").toAbsolutePath().relativize(file);
    final Candidates candidates = new Candidates(List.of(directory, file, other));
    assertThat(candidates.find(List.of(), notes)).containsOnlyKeys(file);
    assertThat(new Candidates(List.of(file, other)).mayBeSeveral()).isFalse();
  }

  @Test
  void shouldLeaveOutWhatIsNotYetWhole() throws IOException {
    Files.copy(file, new NewName(directory.resolve("b.nx")).beside());
    assertThat(new Candidates(List.of(directory)).find(List.of(), notes)).containsOnlyKeys(file);
  }

  @Test
  void shouldKeepItsSourcesWhileADirectoryCannotBeListed() throws IOException {
    try (Sources sources = new Sources(List.of(directory), notes)) {
      sources.open();
      final Path aside = parent.resolve("aside");
      Files.move(directory, aside);
      Files.createSymbolicLink(directory, directory); // a loop, which is an error of its own kind
      sources.refresh();
      sources.refresh();
      assertThat(sources.now()).extracting(Source::path).containsExactly(file);
      assertThat(told.toString().lines().filter(line -> line.contains("cannot list"))).hasSize(1);

      Files.delete(directory);
      sources.refresh();
      assertThat(sources.now()).isEmpty();
      assertThat(told.toString()).contains("gone: " + file);

      Files.move(aside, directory);
      sources.refresh();
      assertThat(sources.now()).extracting(Source::path).containsExactly(file);
    }
  }
}
