package io.narthex.tools.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.StateSet;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.TextFormat;
import io.narthex.tools.MainProcess;
import io.narthex.tools.Ran;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code narthex record} and {@code narthex replay}, on real files and by real processes. */
@Timeout(180)
final class RecordTest {
  private static final int TRUNCATIONS = 15;
  private static final int KILLS = 5;

  @TempDir private Path directory;

  private Path file;
  private Path history;
  private MetricRegistry registry;
  private Counter requests;

  @BeforeEach
  void count() {
    file = directory.resolve("t.nx");
    history = directory.resolve("history");
    registry = MetricRegistry.create(MappedBackend.open(file));
    requests = Counter.builder("requests_total").labelNames("path").register(registry);
    requests.labelValues("/a").inc(3);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void shouldShowInPrometheusTextWhatTheFileShowed() throws IOException {
    Gauge.builder("depth").help("Waiting.").register(registry).set(-0.5);
    final Histogram latency = Histogram.builder("latency_seconds").register(registry);
    latency.observe(0.02);
    latency.observe(3);
    requests.labelValues("/\"\\\n").inc(0.25);

    assertThat(Ran.of("record", file, "-o", history, "--count", 1).code()).isZero();

    final Ran page = Ran.of("replay", history, "--format", "prometheus");
    assertThat(page.code()).as(page.err()).isZero();
    // A file has its series in the order in which they came.
    assertThat(withoutOwn(page.out()).lines().sorted())
        .containsExactlyElementsOf(withoutOwn(page(registry)).lines().sorted().toList());
  }

  @Test
  void shouldShowHowSeriesWent() {
    final Gauge depth = Gauge.builder("depth").register(registry);
    for (int i = 0; i < 5; i++) {
      depth.set(10 - i);
      requests.labelValues("/a").inc(10);
      assertThat(Ran.of("record", file, "-o", history, "--count", 1).code()).isZero();
    }
    final Ran table = Ran.of("replay", history, "--series", "^(requests|depth)");
    assertThat(table.code()).as(table.err()).isZero();
    assertThat(table.out().lines())
        .anyMatch(line -> line.contains(", 5 moments, 2 series"))
        .anyMatch(line -> line.matches(" +53 +40 .*requests_total\\{path=\"/a\"}"))
        .anyMatch(line -> line.matches(" +6 +-4 +6 +10 .*depth"))
        .anyMatch(line -> line.endsWith("recording begins"));
  }

  @Test
  void shouldShowInCsvTheSamplesOfThePage() {
    StateSet.builder("breaker").states("open", "closed").register(registry).set("closed");
    Histogram.builder("latency_seconds").buckets(0.1).register(registry).observe(0.5);
    assertThat(Ran.of("record", file, "-o", history, "--count", 1).code()).isZero();

    final Ran csv = replay("--format", "csv", "--series", "^(breaker|latency|requests)");
    assertThat(csv.out().lines().map(line -> line.substring(line.indexOf(',') + 1)))
        .containsExactly(
            "sample,labels,value",
            "breaker,\"breaker=\"\"open\"\"\",0",
            "breaker,\"breaker=\"\"closed\"\"\",1",
            "latency_seconds_count,,1",
            "latency_seconds_sum,,0.5",
            "requests_total,\"path=\"\"/a\"\"\",3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "prometheus"})
  void shouldWriteUtf8WhateverTheLocaleIs(final String format) throws Exception {
    requests.labelValues("/ü€🎉").inc();
    assertThat(Ran.of("record", file, "-o", history, "--count", 1).code()).isZero();

    final ProcessBuilder replay = new ProcessBuilder(new ArrayList<>(MainProcess.commandLine()));
    replay.command().addAll(List.of("replay", history.toString(), "--format", format));
    replay.environment().put("LC_ALL", "C");
    final Process process = replay.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(out).contains("/ü€🎉").isEqualTo(replay("--format", format).out());
  }

  @Test
  void shouldShowOneMomentAndATime() {
    for (int i = 0; i < 3; i++) {
      requests.labelValues("/a").inc();
      assertThat(Ran.of("record", file, "-o", history, "--count", 1).code()).isZero();
    }
    final List<String> times =
        Ran.of("replay", history, "--format", "csv", "--series", "requests_total")
            .out()
            .lines()
            .skip(1)
            .map(line -> line.substring(0, line.indexOf(',')))
            .toList();
    assertThat(times).hasSize(3);

    final Ran at =
        Ran.of("replay", history, "--at", times.get(1), "--format", "csv", "--series", "requests");
    assertThat(at.out())
        .isEqualTo(
            "time,sample,labels,value\n"
                + times.get(1)
                + ",requests_total,\"path=\"\"/a\"\"\",5\n");
    final Ran later =
        Ran.of("replay", history, "--from", times.get(1), "--format", "json", "--series", "req");
    assertThat(later.out().lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("\"name\":\"requests\"", "\"labels\":{\"path\":\"/a\"}", "\"value\":5");
    assertThat(Ran.of("replay", history, "--to", times.get(0)).out()).contains(", 1 moment, ");
    final Ran table = Ran.of("replay", history, "--at", times.get(2), "--series", "requests");
    assertThat(table.out().lines()).anyMatch(line -> line.matches(" +6 .*requests_total.*"));
    final Ran page =
        Ran.of(
            "replay",
            history,
            "--from",
            times.get(0),
            "--to",
            times.get(1),
            "--format",
            "prometheus",
            "--series",
            "requests");
    assertThat(page.out()).contains("requests_total{path=\"/a\"} 5.0\n");
    final Ran after =
        Ran.of("replay", history, "--from", "2100-01-01T00:00:00Z", "--format", "prometheus");
    assertThat(after.code()).isOne();
    assertThat(after.err()).startsWith("narthex: there is no moment in that time").hasLineCount(1);
    final Ran early = Ran.of("replay", history, "--at", "2000-01-01T00:00:00Z");
    assertThat(early.code()).isOne();
    assertThat(early.err()).startsWith("narthex: there is no moment that early").hasLineCount(1);
  }

  @Test
  void shouldFollowAFileThatIsReplaced() throws Exception {
    try (MainProcess record = record("--every", "50ms")) {
      awaitMoments(2);
      final Path other = directory.resolve("other.nx");
      try (MetricRegistry next = MetricRegistry.create(MappedBackend.open(other))) {
        Counter.builder("newcomer_total").register(next).inc(77);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        await(() -> replay("--format", "prometheus").out().contains("newcomer_total 77.0"));
      }
      record.signal("TERM");
      assertThat(record.exitCode()).as(record.err()).isZero();
      assertThat(record.out()).contains("recorded ");
      assertThat(replay().out())
          .contains(
              "recording ends", file + " was created ", file + " is another file now, created ");
    }
  }

  @Test
  void shouldNoteThatItsFileIsGone() throws Exception {
    try (MainProcess record = record("--every", "50ms")) {
      awaitMoments(2);
      Files.delete(file);
      await(() -> replay().out().contains(file + " is gone; "));
      assertThat(record.isAlive()).isTrue();
    }
  }

  @Test
  void shouldBeginAnewWhereItsSegmentWasDeleted() throws Exception {
    try (MainProcess record = record("--every", "50ms")) {
      awaitMoments(2);
      final Path segment = new HistoryDirectory(history).segments().get(0).path();
      Files.delete(segment);
      await(() -> !new HistoryDirectory(history).segments().isEmpty() && moments() > 1);
      assertThat(segment).doesNotExist();
      record.signal("TERM");
      assertThat(record.exitCode()).as(record.err()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldEndInALineWhenItsDirectoryIsGone(final boolean isMadeAnew) throws Exception {
    try (MainProcess record = record("--every", "50ms")) {
      awaitMoments(2);
      Files.move(history, directory.resolve("elsewhere"));
      if (isMadeAnew) {
        Files.createDirectory(history); // in which another one may record
      }
      assertThat(record.exitCode()).isOne();
      assertThat(record.err()).startsWith("narthex: cannot write to " + history).hasLineCount(1);
    }
  }

  @Test
  void shouldGoOnHoweverOftenItsFileIsTruncated() throws Exception {
    final byte[] whole = Files.readAllBytes(file);
    final Path other = directory.resolve("other.nx");
    Files.write(other, whole);
    try (MainProcess record =
        MainProcess.start(
            "record", other.toString(), "-o", history.toString(), "--every", "10ms")) {
      awaitMoments(2);
      for (int round = 0; round < TRUNCATIONS; round++) {
        Files.write(other, Arrays.copyOf(whole, 100));
        TimeUnit.MILLISECONDS.sleep(100);
        Files.write(other, whole);
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(record.isAlive()).isTrue();
      }
      record.signal("TERM");
      assertThat(record.exitCode()).as(record.err()).isZero();
      assertThat(record.err()).doesNotContain("\tat ");
    }
    assertThat(replay().code()).isZero();
  }

  @Test
  void shouldNotWaitForAPipe() throws Exception {
    final Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertFails(Ran.of("replay", pipe), "is a file");
    Files.createDirectory(history);
    Files.move(pipe, history.resolve("history-000001.nxh"));
    assertFails(Ran.of("replay", history), "is no file");
    Files.move(history.resolve("history-000001.nxh"), history.resolve(HistoryDirectory.LOCK));
    assertFails(Ran.of("record", file, "-o", history, "--count", 1), "is no file");
  }

  @Test
  void shouldWaitForAFileThatIsNotThereYet() throws Exception {
    registry.close();
    Files.delete(file);
    try (MainProcess record = record("--every", "50ms", "--wait")) {
      TimeUnit.MILLISECONDS.sleep(500);
      assertThat(record.isAlive()).isTrue();
      registry = MetricRegistry.create(MappedBackend.open(file));
      Counter.builder("late_total").register(registry).inc(5);
      await(() -> Files.exists(history) && replay("--format", "prometheus").out().contains("late"));
      record.signal("TERM");
      assertThat(record.exitCode()).as(record.err()).isZero();
    }
  }

  @Test
  void shouldLeaveAWholeHistoryWhenItIsKilled() throws Exception {
    long moments = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      try (MainProcess record = record("--every", "10ms")) {
        awaitMoments(moments + 20);
        record.signal("KILL");
        record.exitCode();
      }
      final Ran replay = replay("--format", "csv", "--series", "^requests_total");
      assertThat(replay.code()).as(replay.err()).isZero();
      final List<String> values =
          replay.out().lines().skip(1).map(l -> l.substring(l.lastIndexOf(',') + 1)).toList();
      assertThat(values.size()).isGreaterThanOrEqualTo((int) moments + 20);
      assertThat(values).containsOnly("3");
      moments = values.size();
    }
  }

  @Test
  void shouldEndInALineAndKeepWhatItHasWhenThereIsNoMoreRoom() throws Exception {
    // No file of this process may have more than a few KiB.
    final ProcessBuilder limited =
        new ProcessBuilder("/bin/sh", "-c", "ulimit -f 12; exec \"$@\"", "sh");
    limited.command().addAll(MainProcess.commandLine());
    limited.command().add(limited.command().size() - 1, "-XX:-UsePerfData");
    limited
        .command()
        .addAll(List.of("record", file.toString(), "-o", history.toString(), "--every", "10ms"));
    final Path err = directory.resolve("err");
    final Process record =
        limited
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(record.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(record.exitValue()).isOne();
    assertThat(Files.readString(err).lines().toList())
        .last()
        .asString()
        .startsWith("narthex: cannot write to " + history);

    final Ran replay = replay("--format", "csv", "--series", "^requests_total");
    assertThat(replay.code()).isZero();
    assertThat(replay.err()).isEmpty();
    assertThat(replay.out().lines()).hasSizeGreaterThan(2);
  }

  @Test
  void shouldTellADamagedEntryAndShowTheOthers() throws IOException {
    assertThat(Ran.of("record", file, "-o", history, "--count", 5, "--every", "10ms").code())
        .isZero();
    final Path segment = new HistoryDirectory(history).segments().get(0).path();
    final byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length - 80] ^= 1; // before the note at the end
    Files.write(segment, bytes);

    final Ran replay = replay("--format", "csv", "--series", "^requests_total");
    assertThat(replay.code()).isOne();
    assertThat(replay.err())
        .hasLineCount(1)
        .containsPattern("narthex: history-000001.nxh: damaged at offset \\d+: ");
    assertThat(replay.out().lines()).hasSize(5);
  }

  @Test
  void shouldRefuseInALine() throws IOException {
    assertFails(Ran.of("record", directory.resolve("none.nx"), "-o", history), "does not exist");
    assertFails(Ran.of("record", file, "-o", file, "--count", 1), "is a file");
    assertFails(Ran.of("replay", directory.resolve("none")), "there is no history");
    assertFails(Ran.of("replay", file), "is a file");
    assertFails(Ran.of("replay", directory), "holds no history");
    Files.createDirectory(history);
    try (HistoryWriter writer = HistoryWriter.open(history, 1 << 20)) {
      assertFails(Ran.of("record", file, "-o", history, "--count", 1), "another process records");
      writer.note(1, "x");
    }
    assertFails(Ran.of("replay", history), "has no moments");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "record x",
        "record x -o y --every 1ms",
        "record x -o y --max-size 1k",
        "record x -o y --max-size much",
        "record x -o y --count -1",
        "replay",
        "replay x --at noon",
        "replay x --at 12:00 --from 11:00",
        "replay x --series [",
        "replay x --format xml"
      })
  void shouldRefuseAWrongCommandLine(final String line) {
    final Ran ran = Ran.of((Object[]) line.split(" ", -1));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("narthex: ").hasLineCount(2);
  }

  private static void assertFails(final Ran ran, final String reason) {
    assertThat(ran.code()).isOne();
    assertThat(ran.err()).startsWith("narthex: ").contains(reason).hasLineCount(1);
  }

  private MainProcess record(final String... options) throws IOException {
    final String[] args = new String[options.length + 4];
    args[0] = "record";
    args[1] = file.toString();
    args[2] = "-o";
    args[3] = history.toString();
    System.arraycopy(options, 0, args, 4, options.length);
    return MainProcess.start(args);
  }

  private Ran replay(final Object... options) {
    final Object[] args = new Object[options.length + 2];
    args[0] = "replay";
    args[1] = history;
    System.arraycopy(options, 0, args, 2, options.length);
    return Ran.of(args);
  }

  private void awaitMoments(final long count) throws InterruptedException {
    await(
        () ->
            Files.exists(history)
                && !new HistoryDirectory(history).segments().isEmpty()
                && moments() >= count);
  }

  private int moments() {
    return HistoryReader.open(history).timeline().size();
  }

  private static void await(final BooleanSupplier wanted) throws InterruptedException {
    final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static String page(final MetricRegistry registry) throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    TextFormat.PROMETHEUS.write(registry, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** What the engine tells of itself differs between a writer and a viewer. */
  private static String withoutOwn(final String page) {
    return page.replaceAll("(?m)^(# (HELP|TYPE) )?narthex_.*\n", "");
  }
}
