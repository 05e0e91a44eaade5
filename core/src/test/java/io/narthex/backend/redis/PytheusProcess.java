package io.narthex.backend.redis;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Python process that counts with the real pytheus, which {@code NARTHEX_TEST_PYTHEUS} leads to.
 */
final class PytheusProcess implements AutoCloseable {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final String VARIABLE = "NARTHEX_TEST_PYTHEUS";

  /** {@code sys.argv} is the host and the port; {@code page()} prints what it exports. */
  private static final String PRELUDE =
      """
      import sys
      from pytheus.backends import load_backend
      from pytheus.backends.redis import MultiProcessRedisBackend
      load_backend(MultiProcessRedisBackend, {"host": sys.argv[1], "port": int(sys.argv[2])})
      from pytheus.exposition import generate_metrics
      from pytheus.metrics import Counter, Gauge, Histogram, Summary
      from pytheus.registry import CollectorRegistry
      registry = CollectorRegistry()
      def page():
          sys.stdout.buffer.write(generate_metrics(registry).encode())
      """;

  private final Process process;
  private final Path output;

  private PytheusProcess(final Process process, final Path output) {
    this.process = process;
    this.output = output;
  }

  /** Skips the test, and says what to set, where there is no pytheus. */
  static void assumeInstalled() {
    final String directory = System.getenv(VARIABLE);
    if (directory == null || !Files.isDirectory(Path.of(directory, "pytheus"))) {
      skip("no directory with the package pytheus; have " + VARIABLE + " name one that has it");
    }
    if (!Files.isExecutable(PYTHON)) {
      skip(PYTHON + " is not installed");
    }
    try (PytheusProcess asked = start(List.of(), "import redis, typing_extensions")) {
      if (asked.exitCode() != 0) {
        skip("Python lacks a module; Debian has them as python3-redis, python3-typing-extensions");
      }
    }
  }

  private static void skip(final String reason) {
    System.out.println("Skipped: " + reason);
    abort(reason);
  }

  /** Starts lines of Python that follow the prelude. */
  static PytheusProcess start(final URI redis, final String lines) {
    return start(List.of(redis.getHost(), "" + redis.getPort()), PRELUDE + lines);
  }

  private static PytheusProcess start(final List<String> arguments, final String program) {
    try {
      final Path output = Files.createTempFile("narthex-pytheus", ".txt");
      final ProcessBuilder builder = new ProcessBuilder(PYTHON.toString(), "-B", "-c", program);
      builder.command().addAll(arguments);
      builder.environment().put("PYTHONPATH", System.getenv(VARIABLE));
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      return new PytheusProcess(builder.start(), output);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs lines to their end: the samples that they printed. */
  static List<String> run(final URI redis, final String lines) {
    try (PytheusProcess process = start(redis, lines)) {
      return process.samples();
    }
  }

  /** Waits for its end. */
  List<String> samples() {
    final int code = exitCode();
    try {
      final String text = Files.readString(output, StandardCharsets.UTF_8);
      if (code != 0) {
        throw new AssertionError("Python ended with " + code + ": " + text);
      }
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int exitCode() {
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        throw new AssertionError("Python has not ended in 2 minutes");
      }
      return process.exitValue();
    } catch (final InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
      Files.delete(output);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    } catch (final InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
