package io.narthex.tools.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.tools.MainProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code narthex top} in a real pseudo terminal. */
@Timeout(180)
final class TopTerminalTest {
  private static final String KEYS = "q quit";

  @TempDir private Path directory;

  private final ScheduledExecutorService counting = Executors.newSingleThreadScheduledExecutor();
  private Path file;
  private MetricRegistry registry;

  @BeforeEach
  void count() {
    Tmux.assumeInstalled();
    file = directory.resolve("t.nx");
    registry = MetricRegistry.create(MappedBackend.open(file));
    final Counter requests =
        Counter.builder("requests_total").labelNames("path").register(registry);
    final Histogram latency = Histogram.builder("latency_seconds").register(registry);
    final Gauge depth = Gauge.builder("queue_depth").register(registry);
    requests.labelValues("/idle").inc(5_000_000);
    requests.labelValues("\033[31mevil\033[2J").inc();
    final Future<?> ignored =
        counting.scheduleAtFixedRate(
            () -> {
              requests.labelValues("/busy").inc(10);
              latency.observe(0.02);
              depth.inc();
            },
            0,
            20,
            TimeUnit.MILLISECONDS);
  }

  @AfterEach
  void end() {
    counting.shutdownNow();
    if (registry != null) {
      registry.close();
    }
  }

  @Test
  void shouldShowRatesAndObeyKeys() throws Exception {
    try (Tmux tmux = start(120, 24, "--every", "200ms")) {
      final String first = tmux.await(screen -> rate(screen, "/busy") > 0);
      assertThat(first).contains("narthex top").contains("RATE/S").contains(KEYS);
      assertThat(line(first, "latency_seconds")).contains("ms").containsPattern("[▁▂▃▄▅▆▇█]");
      assertThat(line(first, "/idle")).contains("5,000,000");
      assertThat(first).contains("\\u001b[31mevil\\u001b[2J");
      assertThat(tmux.property("alternate_on")).isEqualTo("1");

      // By rate the busy one is above the idle one, by value below it.
      assertThat(order(first, "/busy", "/idle")).isTrue();
      tmux.press("v");
      tmux.await(screen -> order(screen, "/idle", "/busy"));
      tmux.press("n");
      tmux.await(screen -> order(screen, "latency_seconds", "queue_depth"));
      tmux.press("R");
      tmux.await(screen -> order(screen, "queue_depth", "latency_seconds"));

      tmux.press("/");
      tmux.press("-l", "BUSY");
      tmux.await(screen -> screen.contains("filter: BUSY") && !screen.contains("/idle"));
      tmux.press("Enter");
      tmux.await(screen -> screen.contains("1 with 'BUSY'") && screen.contains(KEYS));
      tmux.press("Escape");
      tmux.await("/idle");

      tmux.press("Space");
      final String paused = line(tmux.await("PAUSED"), "queue_depth");
      TimeUnit.SECONDS.sleep(1);
      assertThat(line(tmux.screen(), "queue_depth")).isEqualTo(paused);
      tmux.press("Space");
      tmux.await(screen -> !line(screen, "queue_depth").equals(paused));

      tmux.press("q");
      assertGivenBack(tmux, 0);
    }
  }

  @Test
  void shouldFollowTheSizeOfTheTerminal() throws Exception {
    try (Tmux tmux = start(100, 24, "--every", "200ms")) {
      tmux.await("/busy");
      tmux.resize(39, 24);
      assertThat(tmux.await("too small")).contains("39x24").contains("40x6");
      tmux.resize(60, 8);
      final String small = tmux.await(screen -> screen.contains("SERIES"));
      assertThat(small).doesNotContain("P50").doesNotContain("too small");
      tmux.resize(120, 30);
      tmux.await(screen -> screen.contains("P50") && screen.lines().count() == 30);
      // What tmux itself restores after the end is whole only at the size that it saved it at.
      tmux.resize(100, 24);
      tmux.await(screen -> screen.contains(KEYS) && screen.lines().count() == 24);
      tmux.press("q");
      assertGivenBack(tmux, 0);
    }
  }

  @Test
  void shouldScroll() throws Exception {
    final Counter many = Counter.builder("many_total").labelNames("n").register(registry);
    for (int i = 100; i < 200; i++) {
      many.labelValues("" + i).inc();
    }
    try (Tmux tmux = start(80, 14, "--every", "200ms", "--sort", "name", "--filter", "many")) {
      assertThat(tmux.await("n=\"100\"")).contains("n=\"109\"").doesNotContain("n=\"110\"");
      tmux.press("Down");
      assertThat(tmux.await("n=\"110\"")).doesNotContain("n=\"100\"");
      tmux.press("NPage");
      tmux.await("n=\"120\"");
      tmux.press("End");
      assertThat(tmux.await("n=\"199\"")).contains("n=\"190\"");
      tmux.press("Home");
      tmux.await("n=\"100\"");
      tmux.press("C-c");
      assertGivenBack(tmux, 0);
    }
  }

  @Test
  void shouldGiveTheTerminalBackWhenItIsTerminated() throws Exception {
    try (Tmux tmux = start(100, 24, "--every", "200ms")) {
      tmux.await("/busy");
      final long pid = Long.parseLong(Files.readString(directory.resolve("pid")).trim());
      new ProcessBuilder("kill", "-TERM", Long.toString(pid)).start().waitFor();
      assertGivenBack(tmux, 143);
    }
  }

  @Test
  void shouldFollowAFileThatIsReplaced() throws Exception {
    try (Tmux tmux = start(100, 24, "--every", "200ms")) {
      tmux.await("/busy");
      final Path other = directory.resolve("other.nx");
      try (MetricRegistry next = MetricRegistry.create(MappedBackend.open(other))) {
        Counter.builder("newcomer_total").register(next).inc(77);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(tmux.await("newcomer_total")).contains("77").doesNotContain("/busy");
      }
      tmux.press("q");
      assertGivenBack(tmux, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stty rows 0 cols 0\n", "export TERM=no-such-terminal\n"})
  void shouldWorkOnATerminalOfWhichLittleIsKnown(final String preparation) throws Exception {
    try (Tmux tmux = startAfter(preparation, 80, 24, "--every", "200ms")) {
      tmux.await("/busy");
      tmux.press("q");
      assertThat(tmux.await("ended")).contains("code=0");
      assertThat(directory.resolve("err")).isEmptyFile();
    }
  }

  @Test
  void shouldEndWithoutAWordWhenItsTerminalIsGone() throws Exception {
    final ProcessHandle top;
    try (Tmux tmux = start(100, 24, "--every", "200ms")) {
      tmux.await("/busy");
      top =
          ProcessHandle.of(Long.parseLong(Files.readString(directory.resolve("pid")).trim()))
              .orElseThrow();
    }
    top.onExit().get(60, TimeUnit.SECONDS);
    assertThat(directory.resolve("err")).isEmptyFile();
  }

  /** Runs the command between two looks at how the terminal is set. */
  private Tmux start(final int width, final int height, final String... options)
      throws IOException, InterruptedException {
    return startAfter("", width, height, options);
  }

  private Tmux startAfter(
      final String preparation, final int width, final int height, final String... options)
      throws IOException, InterruptedException {
    final String command =
        Stream.concat(
                MainProcess.commandLine().stream(),
                Stream.concat(Stream.of("top", file.toString()), List.of(options).stream()))
            .map(word -> '\'' + word + '\'')
            .collect(Collectors.joining(" "));
    final Path script = directory.resolve("script");
    Files.writeString(
        script,
        "cd '"
            + directory
            + "'\n"
            + preparation
            + "stty -a > before\n"
            + "sh -c 'echo $$ > pid; exec \"$@\"' sh "
            + command
            + " 2> err\n"
            + "echo \"code=$?\"\n"
            + "stty -a > after\n"
            + "echo ended\n"
            + "sleep 600\n");
    return Tmux.start(directory, width, height, script);
  }

  private void assertGivenBack(final Tmux tmux, final int code) throws Exception {
    assertThat(tmux.await("ended")).contains("code=" + code).doesNotContain("RATE/S");
    assertThat(tmux.property("alternate_on")).isEqualTo("0");
    assertThat(tmux.property("cursor_flag")).isEqualTo("1");
    assertThat(withoutSize("after")).isEqualTo(withoutSize("before"));
    assertThat(directory.resolve("err")).isEmptyFile();
  }

  private String withoutSize(final String name) throws IOException {
    return Files.readString(directory.resolve(name)).replaceAll("rows \\d+; columns \\d+;", "");
  }

  private static String line(final String screen, final String part) {
    return screen.lines().filter(line -> line.contains(part)).findFirst().orElse("");
  }

  private static boolean order(final String screen, final String first, final String second) {
    return screen.contains(first)
        && screen.contains(second)
        && screen.indexOf(first) < screen.indexOf(second);
  }

  private static double rate(final String screen, final String part) {
    final Matcher rate = Pattern.compile("^ *([0-9,.]+) ").matcher(line(screen, part));
    return rate.find() ? Double.parseDouble(rate.group(1).replace(",", "")) : 0;
  }
}
