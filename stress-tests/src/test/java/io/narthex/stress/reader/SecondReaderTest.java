package io.narthex.stress.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.TextFormat;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Stage;
import io.narthex.stress.process.GaugeWorker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that knows {@code docs/file-format.md} and no Java reads what the engine reads. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class SecondReaderTest {
  private static final Duration GUARD = Duration.ofMinutes(1);
  private static final int DIRECTORY = 36_864;
  private static final int RANDOM_FLIPS = 16;

  @AutoClose private final Stage stage = Stage.open();

  private final Path file = stage.path("varied.nx");
  private PythonReader reader;

  @BeforeEach
  void findPython() {
    reader = PythonReader.installed(stage);
  }

  @Test
  void shouldReadWhatIsCountedWhileTheWriterCounts() throws IOException {
    final ChildJvm writer = stage.start(VariedWorker.class, file);
    writer.await("counting", GUARD);
    for (int round = 0; round < 2; round++) {
      final Map<String, Double> before = values(counters(page()));
      final PythonReader.Result during = reader.read(file);
      final Map<String, Double> after = values(counters(page()));
      checkSound(during);
      final Map<String, Double> read = values(during.lines());
      assertThat(read.keySet()).containsAll(before.keySet());
      read.forEach(
          (series, value) ->
              assertThat(value)
                  .as(series)
                  .isBetween(before.getOrDefault(series, 0.0), after.get(series)));
    }
    awaitCounting(writer);
    writer.command("pause");
    writer.await("paused", GUARD);
    assertThat(Files.size(file)).as("it grew").isGreaterThan(512 << 10);
    checkSame();
  }

  @Test
  void shouldReadAFileWhoseWriterIsGone() throws IOException {
    writeSample();
    checkSame();
    assertThat(reader.read(file).lines())
        .contains(
            "varied_total{n=\"a\\\"quote\",kind=\"whole\"} 3.0",
            "varied_total{n=\"a\\nnewline\",kind=\"fraction\"} 0.30000000000000004",
            "varied_total{n=\"revived\",kind=\"z\"} 2.25",
            "varied_total{n=\"shown again\",kind=\"z\"} 0.0")
        .noneMatch(line -> line.contains("removed") || line.contains("unregistered"));
  }

  @Test
  void shouldReadThePartsOfProcessesThatAreAliveAndDead() throws IOException {
    // Of one stripe, so that all rows but the first are in further blocks.
    try (MetricRegistry registry =
        MetricRegistry.create(
            MappedBackend.builder(file).initialSize(512 << 10).stripes(1).open())) {
      VariedSeries.create(registry);
      final List<ChildJvm> workers = new ArrayList<>();
      for (final double value : new double[] {1, -20.5, 300}) {
        workers.add(stage.start(GaugeWorker.class, file, value));
      }
      workers.forEach(worker -> worker.await("set ", GUARD));
      checkSame();
      workers.get(0).kill();
      workers.get(1).command("close");
      assertThat(workers.get(1).awaitExit(GUARD)).as(workers.get(1).output()).isZero();
      checkSame();
      // Takes a dead one's row, and retires its parts.
      stage.start(GaugeWorker.class, file, 7).await("set ", GUARD);
      checkSame();
      assertThat(reader.read(file, "--all").lines())
          .contains(
              "g_sum{l=\"a\"} 287.5",
              "g_min{l=\"a\"} -20.5",
              "g_live_sum{l=\"a\"} 307.0",
              "g_live_all{l=\"a\",pid=\"" + workers.get(2).pid() + "\"} 300.0",
              "build_info{version=\"v7\"} 1")
          .noneMatch(line -> line.contains("version=\"v1\""));
    }
    checkSame();
  }

  @Test
  void shouldRefuseTruncatedFiles() throws IOException {
    final byte[] whole = writeSample();
    for (final int length : new int[] {5, 4096, 65_536, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      checkRefused("truncated");
    }
  }

  @Test
  void shouldRefuseForeignFiles() throws IOException {
    checkRefused("No such file");
    Files.createFile(file);
    checkRefused("not a Narthex file");
    Files.writeString(file, "varied_total 3\n".repeat(10_000));
    checkRefused("not a Narthex file");
    Files.delete(file);
    Files.createDirectory(file);
    checkRefused("not a regular file");
  }

  @Test
  void shouldRefuseABitFlippedHeaderOrDirectory() throws IOException {
    final byte[] whole = writeSample();
    flip(whole, 3);
    checkRefused("not a Narthex file");
    flip(whole, 8);
    checkRefused("byte-order mark");
    flip(whole, 12);
    checkRefused("version");
    for (final int at : new int[] {16, 88}) {
      flip(whole, at);
      checkRefused("header's checksum");
    }
    for (final int field : new int[] {0, 8, 64 + 16, 128 + 40}) {
      flip(whole, DIRECTORY + field);
      checkRefused("segment directory");
    }
  }

  @Test
  void shouldLeaveOutABitFlippedRecordAndSaySo() throws IOException {
    final byte[] whole = writeSample();
    final List<String> expected = new ArrayList<>(counters(page()));
    assertThat(expected.removeIf(line -> line.contains("\"plain\",kind=\"whole\""))).isTrue();
    flip(whole, indexOf(whole, "n=\"plain\",kind=\"whole\""));
    final PythonReader.Result result = reader.read(file);
    assertThat(result.lines()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.errors()).singleElement().asString().contains("1 bad record", "checksum");
  }

  @Test
  void shouldNeverBreakDownOverAFlippedBit() throws IOException {
    final byte[] whole = writeSample();
    final long seed = new Random().nextLong();
    final Random random = new Random(seed);
    final int records = indexOf(whole, "n=\"plain\",kind=\"whole\"") - 4096;
    for (int i = 0; i < RANDOM_FLIPS; i++) {
      // Half of them where they matter most.
      final int at = i % 2 == 0 ? records + random.nextInt(16 << 10) : random.nextInt(whole.length);
      flip(whole, at);
      final PythonReader.Result result = reader.read(file, "--all");
      assertThat(result.errors())
          .as("seed %d, a bit of byte %d", seed, at)
          .hasSize(result.exitCode())
          .noneMatch(line -> line.contains("Traceback"));
    }
  }

  /** It did not stop while it was read. */
  private void awaitCounting(final ChildJvm writer) throws IOException {
    final double counted = busy();
    final long deadline = System.nanoTime() + GUARD.toNanos();
    while (busy() <= counted) {
      assertThat(writer.isAlive()).as(writer.output()).isTrue();
      assertThat(System.nanoTime()).as("it counts no more").isLessThan(deadline);
    }
  }

  private double busy() throws IOException {
    return values(counters(page())).get("busy_total{kind=\"whole\"}");
  }

  private byte[] writeSample() throws IOException {
    try (MetricRegistry registry = MetricRegistry.create(VariedSeries.open(file))) {
      VariedSeries.create(registry);
    }
    return Files.readAllBytes(file);
  }

  private void flip(final byte[] whole, final int at) throws IOException {
    final byte[] bytes = whole.clone();
    bytes[at] ^= 0x10;
    Files.write(file, bytes);
  }

  private static int indexOf(final byte[] bytes, final String text) {
    // One char for each byte.
    final int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    assertThat(at).as(text).isPositive();
    return at;
  }

  /** To the last digit, counters alone and everything. */
  private void checkSame() throws IOException {
    final List<String> page = page();
    final PythonReader.Result counters = reader.read(file);
    checkSound(counters);
    assertThat(counters.lines()).containsExactlyInAnyOrderElementsOf(counters(page));
    final PythonReader.Result all = reader.read(file, "--all");
    checkSound(all);
    assertThat(all.lines())
        .containsExactlyInAnyOrderElementsOf(
            page.stream().filter(line -> !line.startsWith("#")).toList());
  }

  private static void checkSound(final PythonReader.Result result) {
    assertThat(result.errors()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  private void checkRefused(final String reason) {
    final PythonReader.Result result = reader.read(file);
    assertThat(result.errors()).singleElement().asString().contains(file.toString(), reason);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines()).isEmpty();
  }

  /** The lines of a page as a viewer writes it, without what it meters of itself. */
  private List<String> page() throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      TextFormat.PROMETHEUS.write(viewer, out);
    }
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        // What the engine measures at a scrape is not in the file; what it counts is.
        .filter(
            line -> !line.contains("narthex_") || line.contains("narthex_overflowed_label_sets"))
        .toList();
  }

  private static List<String> counters(final List<String> page) {
    final List<String> counters = new ArrayList<>();
    boolean counter = false;
    for (final String line : page) {
      if (line.startsWith("# TYPE ")) {
        counter = line.endsWith(" counter");
      } else if (counter && !line.startsWith("#")) {
        counters.add(line);
      }
    }
    return counters;
  }

  private static Map<String, Double> values(final List<String> lines) {
    final Map<String, Double> values = new HashMap<>();
    for (final String line : lines) {
      final int space = line.lastIndexOf(' ');
      final Double twice =
          values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
      assertThat(twice).as(line).isNull();
    }
    return values;
  }
}
