package io.narthex.stress.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.Skip;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the Python program. */
final class PythonReader {
  private static final Path PROGRAM = Path.of("docs", "reader", "narthex_reader.py");

  private static final String FIND =
      "import sys; print(sys.executable); sys.exit(sys.version_info < (3, 8))";

  private final Stage stage;
  private final String python;

  private PythonReader(final Stage stage, final String python) {
    this.stage = stage;
    this.python = python;
  }

  /** Skips the test, and says why, where there is no Python that is new enough. */
  static PythonReader installed(final Stage stage) {
    try {
      // What is on the path may be a slow wrapper of the program that this prints.
      final Result found = run(stage, List.of("python3", "-c", FIND));
      if (found.exitCode() == 0) {
        return new PythonReader(stage, found.lines().get(0));
      }
      throw Skip.because("python3 is not Python 3.8 or newer");
    } catch (final IOException e) {
      throw Skip.because("python3 is not installed: " + e.getMessage());
    }
  }

  Result read(final Path file, final String... options) {
    final List<String> command = new ArrayList<>(List.of(python, program().toString()));
    command.addAll(List.of(options));
    command.add(file.toString());
    try {
      return run(stage, command);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Result run(final Stage stage, final List<String> command) throws IOException {
    final Path out = stage.path("reader.out");
    final Path err = stage.path("reader.err");
    final ProcessBuilder builder = new ProcessBuilder(command);
    // Labels are not to depend on what the terminal can show.
    builder.environment().put("LC_ALL", "C");
    final Process process =
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      process.getOutputStream().close();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
      return new Result(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
    } catch (final InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + command, e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Tests run in the directory of their module, or in that of the project. */
  private static Path program() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve(PROGRAM))) {
      directory = directory.getParent();
      assertThat(directory).as("a directory that has " + PROGRAM).isNotNull();
    }
    return directory.resolve(PROGRAM);
  }

  record Result(int exitCode, List<String> lines, List<String> errors) {}
}
