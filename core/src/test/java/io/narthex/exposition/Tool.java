package io.narthex.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program of someone else, fed a page. */
final class Tool {
  private final ProcessBuilder command;

  private Tool(final String... command) {
    this.command = new ProcessBuilder(command).redirectErrorStream(true);
  }

  /** Skips the test, and says why, if the first word of the command is no installed program. */
  static Tool installed(final String debianPackage, final String... command) {
    if (!Files.isExecutable(Path.of(command[0]))) {
      skip(command[0] + " is not installed; Debian has it as " + debianPackage);
    }
    return new Tool(command);
  }

  static void skip(final String reason) {
    System.out.println("Skipped: " + reason);
    abort(reason);
  }

  /** What the program printed, and its exit code. */
  Result run(final String input) {
    try {
      final Path output = Files.createTempFile("narthex", ".txt");
      final Process process = command.redirectOutput(output.toFile()).start();
      try {
        try (OutputStream in = process.getOutputStream()) {
          in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (final IOException e) {
          // It did not read to the end; its exit code will tell.
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s ends", command.command()).isTrue();
        return new Result(process.exitValue(), Files.readString(output));
      } finally {
        process.destroyForcibly();
        Files.delete(output);
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    } catch (final InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  record Result(int exitCode, String output) {}
}
