package io.narthex.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.tools.process.Interrupt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
final class DemoTest {
  /** How the line of a table begins in the first ten seconds. */
  private static final String TABLE = "   ";

  private static final Pattern SERVING = Pattern.compile("w\\d+ \\(pid (\\d+)\\) serves.*");

  @BeforeAll
  static void onLinuxOnly() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "the mapped backend is for Linux");
  }

  @Test
  void shouldLoseNothingWhenAWorkerIsKilled() throws Exception {
    try (DemoProcess demo = new DemoProcess("--workers=2", "--seconds=4", "--port=0")) {
      final String metrics = demo.awaitLine("metrics: ");
      demo.awaitLine(TABLE);
      assertThat(get(metrics))
          .contains("# TYPE demo_requests_total counter")
          .contains("demo_requests_total{worker=\"w0\",method=\"GET\",status=\"200\"} ")
          .contains("demo_request_duration_seconds_bucket{worker=\"w1\",le=\"+Inf\"} ")
          .contains("demo_requests_in_flight ")
          .contains("demo_build_info{version=");

      assertThat(demo.exitCode()).as("exit code: %s", demo.lines()).isZero();
      final Map<String, Long> numbers = DemoProcess.numbers(demo.lastLine());
      assertThat(numbers).containsEntry("lost", 0L);
      assertThat(numbers.get("answered")).isPositive();
      assertThat(numbers.get("counted")).isGreaterThanOrEqualTo(numbers.get("answered"));
      assertThat(demo.lines())
          .anyMatch(line -> line.startsWith("w1 ") && line.contains("killed with SIGKILL"))
          .anyMatch(line -> line.startsWith("w2 ") && line.contains("serves"));
      assertNothingLeft(demo);
    }
  }

  @Test
  void shouldDoWithOneWorkerAndOneSecond() throws Exception {
    try (DemoProcess demo = new DemoProcess("--workers=1", "--seconds=1", "--port=0")) {
      assertThat(demo.exitCode()).as("exit code: %s", demo.lines()).isZero();
      assertThat(demo.lastLine()).endsWith(" lost=0");
      assertNothingLeft(demo);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void shouldTellItsResultWhenItIsStopped(final String signal) throws Exception {
    if (signal.equals("INT")) {
      Interrupt.assumeHeard();
    }
    try (DemoProcess demo = new DemoProcess("--workers=2", "--port=0")) {
      demo.awaitLine(TABLE);
      demo.signal(signal);
      assertThat(demo.exitCode()).as("exit code: %s", demo.lines()).isZero();
      assertThat(DemoProcess.numbers(demo.lastLine())).containsEntry("lost", 0L);
      assertNothingLeft(demo);
    }
  }

  @Test
  void shouldClearUpWhenItIsStoppedWhileItStarts() throws Exception {
    try (DemoProcess demo = new DemoProcess("--workers=2", "--port=0")) {
      demo.awaitLine("narthex demo: starting");
      demo.signal("TERM");
      assertThat(demo.exitCode()).as("exit code: %s", demo.lines()).isZero();
      assertThat(demo.lastLine()).isEqualTo("answered=0 counted=0 lost=0");
      assertNothingLeft(demo);
    }
  }

  @Test
  void shouldLeaveNothingBehindWhenItIsKilled() throws Exception {
    try (DemoProcess demo = new DemoProcess("--workers=2", "--port=0")) {
      demo.awaitLine(TABLE);
      demo.signal("KILL");
      demo.exitCode();
      final long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (!(demo.leftBehind().isEmpty() && aliveWorkers(demo).isEmpty())
          && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }
      assertNothingLeft(demo);
    }
  }

  @Test
  void shouldRefuseAPortInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DemoProcess demo =
            new DemoProcess("--workers=1", "--seconds=1", "--port=" + taken.getLocalPort())) {
      assertThat(demo.exitCode()).isEqualTo(1);
      assertThat(demo.lastLine())
          .startsWith("narthex: ")
          .contains("port " + taken.getLocalPort())
          .contains("in use");
      assertThat(demo.lines())
          .noneMatch(line -> line.contains("\tat "))
          .noneMatch(line -> line.contains("starting"));
      assertNothingLeft(demo);
    }
  }

  @Test
  void shouldFailWhenItsOutputCannotBeWritten() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full");
    try (DemoProcess demo =
        DemoProcess.writingTo(Path.of("/dev/full"), "--workers=1", "--port=0")) {
      assertThat(demo.exitCode()).as("exit code: %s", demo.lines()).isEqualTo(1);
      assertThat(demo.lastLine()).isEqualTo("narthex: cannot write to standard output");
      assertNothingLeft(demo);
    }
  }

  private static void assertNothingLeft(final DemoProcess demo) throws IOException {
    assertThat(demo.leftBehind()).isEmpty();
    assertThat(aliveWorkers(demo)).as("workers alive").isEmpty();
  }

  private static List<Long> aliveWorkers(final DemoProcess demo) {
    return demo.lines().stream()
        .map(SERVING::matcher)
        .filter(Matcher::matches)
        .map(serving -> Long.valueOf(serving.group(1)))
        .filter(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
        .toList();
  }

  private static String get(final String url) throws IOException, InterruptedException {
    final HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }
}
