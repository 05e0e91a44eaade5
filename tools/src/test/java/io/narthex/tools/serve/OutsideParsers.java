package io.narthex.tools.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Parsers of someone else, where they are installed; what they check is checked in core too. */
final class OutsideParsers {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final String STRICT =
      "import sys; from prometheus_client.openmetrics.parser import text_string_to_metric_families"
          + " as p; print(len(list(p(sys.stdin.read()))))";

  private OutsideParsers() {}

  static void checkPrometheus(final String page) throws IOException, InterruptedException {
    if (!Files.isExecutable(PROMTOOL)) {
      System.out.println("Not checked: " + PROMTOOL + " is not installed (Debian's prometheus)");
      return;
    }
    final Result result = run(page, PROMTOOL.toString(), "check", "metrics");
    // 3: only advice on names.
    assertThat(result.exitCode).as("promtool says: %s", result.output).isIn(0, 3);
  }

  static void checkOpenMetrics(final String page) throws IOException, InterruptedException {
    if (!Files.isExecutable(PYTHON)
        || run("", PYTHON.toString(), "-c", "import prometheus_client").exitCode != 0) {
      System.out.println("Not checked: Debian's python3-prometheus-client is not installed");
      return;
    }
    final Result result = run(page, PYTHON.toString(), "-c", STRICT);
    assertThat(result.exitCode).as("the strict parser says: %s", result.output).isZero();
  }

  private record Result(int exitCode, String output) {}

  private static Result run(final String input, final String... command)
      throws IOException, InterruptedException {
    final Path in = Files.createTempFile("narthex", ".in");
    final Path out = Files.createTempFile("narthex", ".out");
    try {
      Files.writeString(in, input);
      final Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .start();
      try {
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s ends", command[0]).isTrue();
        return new Result(process.exitValue(), Files.readString(out));
      } finally {
        process.destroyForcibly();
      }
    } finally {
      Files.delete(in);
      Files.delete(out);
    }
  }
}
