package io.narthex.tools.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.TextFormat;
import io.narthex.tools.MainProcess;
import io.narthex.tools.Ran;
import io.narthex.tools.process.Interrupt;
import io.narthex.tools.reading.NarthexFile;
import io.narthex.tools.reading.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code narthex import} from what a real client_python left. */
@Timeout(120)
final class PythonFilesTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private static final String SERVICE =
      """
      import sys
      from prometheus_client import Counter, Gauge, Histogram, Summary
      n = int(sys.argv[1])
      requests = Counter('http_requests', 'Requests "served".', ['method', 'status'])
      requests.labels('GET', '200').inc(3 * n)
      requests.labels('GET', '404').inc(0.25)
      requests.labels('P"U\\\\T\\n', 'ü€🎉').inc()
      Counter('jobs_total', 'Jobs.').inc(5_000_000_000)
      latency = Histogram('latency_seconds', 'Latency.', ['path'], buckets=[0.1, 1, 2.5])
      for value in (0.0625, 0.5, 2, 100):
          latency.labels('/').observe(value * n)
      latency.labels('/never')
      Summary('size_bytes', 'Sizes.').observe(512.5 * n)
      for mode in ('sum', 'min', 'max', 'all', 'livesum', 'livemin', 'livemax', 'liveall'):
          Gauge('depth_' + mode, 'Depth.', ['q'], multiprocess_mode=mode).labels('a').set(10 * n - 15)
      """;

  private static final String PAGE =
      """
      import sys
      from prometheus_client import CollectorRegistry, generate_latest
      from prometheus_client.multiprocess import MultiProcessCollector
      registry = CollectorRegistry()
      MultiProcessCollector(registry)
      sys.stdout.buffer.write(generate_latest(registry))
      """;

  @TempDir private Path directory;

  private Path source;
  private Path file;

  @BeforeEach
  void make() throws IOException {
    source = Files.createDirectory(directory.resolve("multiproc"));
    file = directory.resolve("new.nx");
  }

  @Test
  void shouldShowThePageThatPythonShows() throws Exception {
    python(SERVICE, "1");
    python(SERVICE, "2");
    python(SERVICE, "3");

    final Ran ran = Ran.of("import", source, "-o", file, "--live");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err()).isEmpty();
    final Set<String> ours = samples(page());
    assertThat(ours).isEqualTo(samples(python(PAGE)));
    assertThat(ours)
        .contains(
            "http_requests_total{method=\"GET\",status=\"200\"} 18.0",
            "jobs_total 1.5E10",
            "depth_min{q=\"a\"} -5.0",
            "latency_seconds_count{path=\"/\"} 12.0");
    assertThat(page()).contains("# HELP http_requests_total Requests \"served\".");
    assertNothingElse();
  }

  @Test
  void shouldLeaveOutWhatBelongsToLivingProcesses() throws Exception {
    python(SERVICE, "1");
    final Ran ran = Ran.of("import", source, "-o", file);

    assertThat(ran.code()).isZero();
    assertThat(ran.err().lines())
        .hasSize(4)
        .allMatch(line -> line.contains("left out: the gauges"));
    assertThat(page()).doesNotContain("depth_live").contains("depth_all{q=\"a\",pid=\"");
  }

  @ParameterizedTest
  @CsvSource({
    "http_requests_tota=status, none of the metrics: ",
    "http_requests=status, whose labels are all of",
    "'http_requests=method,path', 'whose labels are all of [method, status]'"
  })
  void shouldRefuseAnOrderOfLabelsThatIsForNothing(final String order, final String reason)
      throws Exception {
    python(SERVICE, "1");
    final Ran ran = Ran.of("import", source, "-o", file, "--labels", order);
    assertThat(ran.code()).isOne();
    assertThat(ran.err()).hasLineCount(1).contains("--labels", reason);
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldBeGoneOnWithByAService() throws Exception {
    python(SERVICE, "1");
    final Ran ran =
        Ran.of("import", source, "-o", file, "--labels", "http_requests_total=status,method");
    assertThat(ran.code()).as(ran.err()).isZero();
    try (MetricRegistry service = MetricRegistry.create(MappedBackend.open(file))) {
      Counter.builder("http_requests_total")
          .labelNames("status", "method")
          .register(service)
          .labelValues("200", "GET")
          .inc(4);
      final Histogram latency =
          Histogram.builder("latency_seconds")
              .labelNames("path")
              .buckets(0.1, 1, 2.5)
              .register(service);
      latency.labelValues("/").observe(0.5);
      assertThat(latency.labelValues("/").count()).isEqualTo(5);
    }
    final Reading reading = NarthexFile.read(file);
    assertThat(reading.find("http_requests", "status=\"200\",method=\"GET\"").value()).isEqualTo(7);
  }

  @Test
  void shouldReadTheFormatOfLaterVersions() throws IOException {
    write(
        "counter_7.db",
        entry("[\"jobs\", \"jobs_total\", {}, \"Jobs.\"]", 3, 0),
        entry("[\"http\", \"http_total\", {\"a\": \"b\"}, \"H.\"]", 2.5, 0));
    write("gauge_mostrecent_7.db", entry("[\"depth\", \"depth\", {}, \"D.\"]", 4, 1000.5));
    write("gauge_mostrecent_8.db", entry("[\"depth\", \"depth\", {}, \"D.\"]", 5, 1000.25));
    write("summary_7.db");

    final Ran ran = Ran.of("import", source, "-o", file);

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(samples(page())).contains("jobs_total 3.0", "http_total{a=\"b\"} 2.5", "depth 4.0");
  }

  @Test
  void shouldTellWhatAFileCannotHold() throws IOException {
    write(
        "counter_7.db",
        entry("[\"below\", \"below_total\", {}, \"\"]", -3, 0),
        entry("[\"odd name\", \"odd name_total\", {}, \"\"]", 3, 0),
        entry("[\"good\", \"good_total\", {}, \"\"]", 3, 0),
        entry("[\"mixed\", \"mixed_total\", {\"a\": \"1\"}, \"\"]", 3, 0),
        entry("[\"mixed\", \"mixed_total\", {\"a\": \"1\", \"b\": \"2\"}, \"\"]", 3, 0));
    final Ran ran = Ran.of("import", source, "-o", file);
    assertThat(ran.code()).isZero();
    assertThat(ran.err())
        .contains("below_total{}: a counter cannot be -3.0")
        .contains("odd name_total")
        .contains("mixed_total{a=\"1\"}: other series of it have the labels [a, b]")
        .hasLineCount(3);
    assertThat(page()).contains("good_total 3.0").contains("mixed_total{a=\"1\",b=\"2\"} 3.0");
  }

  @Test
  void shouldRefuseInALine() throws Exception {
    assertFails("holds no files such as counter_123.db");
    write("counter_7.db", entry("[\"jobs\", \"jobs_total\", {}, \"Jobs.\"]", 3, 0));
    final Path db = source.resolve("counter_7.db");
    final byte[] whole = Files.readAllBytes(db);

    Files.writeString(db, "hello, I am no such file at all");
    assertFails("counter_7.db is no multi-process file of client_python, or is damaged");
    for (final int at : new int[] {0, 8, 12}) {
      final byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      Files.write(db, damaged);
      assertFails("counter_7.db");
    }
    Files.write(db, whole);
    Files.writeString(file, "");
    assertFails("is there already");
    Files.delete(file);
    assertThat(Ran.of("import", directory.resolve("no"), "-o", file).err())
        .contains("there is no directory")
        .hasLineCount(1);
    assertThat(Ran.of("import", db, "-o", file).err()).contains("is a file").hasLineCount(1);
    final Path nowhere = directory.resolve("no/new.nx");
    assertThat(Ran.of("import", source, "-o", nowhere).err())
        .startsWith("narthex: ")
        .contains("there is no directory")
        .hasLineCount(1);
    assertThat(Ran.of("import", source, "-o", file, "--labels", "x").code()).isEqualTo(2);
    assertThat(Ran.of("import", source).code()).isEqualTo(2);
    assertThat(Ran.of("import", source, "-o", file).code()).isZero();
    assertNothingElse();
  }

  @Test
  void shouldLeaveOutOneSeriesThatCannotBeHeld() throws IOException {
    write(
        "counter_7.db",
        entry("[\"a\", \"a_total\", {\"\": \"x\"}, \"\"]", 3, 0),
        entry("[\"a\", \"a_total\", {\"l\": \"x\"}, \"\"]", 4, 0),
        entry("[\"b\", \"b_total\", {\"l\": \"" + "x".repeat(2_000_000) + "\"}, \"\"]", 5, 0),
        entry("[\"b\", \"b_total\", {\"l\": \"y\"}, \"\"]", 6, 0),
        entry("[\"c\", \"c_total\", {}, \"" + "h".repeat(1 << 20) + "\"]", 7, 0),
        entry("[\"\", \"_total\", {}, \"\"]", 8, 0));
    write("histogram_7.db", entry("[\"h\", \"h_bucket\", {\"le\": \"NaN\"}, \"\"]", 3, 0));
    write(
        "gauge_all_7.db",
        entry("[\"g\", \"g\", {\"pid\": \"1\"}, \"\"]", 3, 0),
        entry("[\"g\", \"g\", {}, \"\"]", 9, 0));
    final Ran ran = Ran.of("import", source, "-o", file);
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains(
            "counter a_total of " + source.resolve("counter_7.db") + ": it has a label named \"\"")
        .contains(
            "b_total{l=\"xxx", "}: its labels take 2000004 bytes, and a file has room for 1048480")
        .contains("all of c_total: its names, help and bounds take 1048")
        .contains("gauge g of " + source.resolve("gauge_all_7.db") + ": it has a label pid")
        .contains("bad name of a counter")
        .contains("histogram h")
        .hasLineCount(6);
    assertThat(samples(page()))
        .containsExactlyInAnyOrder(
            "a_total{l=\"x\"} 4.0", "b_total{l=\"y\"} 6.0", "g{pid=\"7\"} 9.0");
  }

  @Test
  void shouldNotTellMoreOfAKindThanSomebodyWouldRead() throws IOException {
    final byte[][] entries = new byte[1001][];
    for (int i = 0; i < 1000; i++) {
      entries[i] = entry("[\"a\", \"a_total\", {\"l\": \"\\u001b" + i + "\"}, \"\"]", -1, 0);
    }
    entries[1000] = entry("[\"b\", \"b_total\", {}, \"\"]", 1, 0);
    write("counter_7.db", entries);
    final Ran ran = Ran.of("import", source, "-o", file);
    assertThat(ran.code()).isZero();
    assertThat(ran.err())
        .contains("a_total{l=\"\\u001b0\"}: a counter cannot be -1.0")
        .endsWith("left out: and 980 more series with numbers that cannot be held\n")
        .hasLineCount(21);
  }

  @Test
  void shouldRefuseWhatIsNoRegularFile() throws Exception {
    write("counter_7.db", entry("[\"jobs\", \"jobs_total\", {}, \"Jobs.\"]", 3, 0));
    final Path odd = source.resolve("counter_1.db");
    assertThat(new ProcessBuilder("mkfifo", odd.toString()).start().waitFor()).isZero();
    assertFails(odd + " is no regular file");
    Files.delete(odd);
    Files.createSymbolicLink(odd, Path.of("/dev/zero"));
    assertFails(odd + " is no regular file");
    Files.delete(odd);
    Files.createDirectory(odd);
    assertFails(odd + " is no regular file");
    Files.delete(odd);
    Files.createSymbolicLink(odd, Path.of("nowhere"));
    assertFails("cannot read " + odd + ": no such file or directory");
    Files.delete(odd);
    Files.createSymbolicLink(
        odd, Files.move(source.resolve("counter_7.db"), directory.resolve("k")));
    assertThat(Ran.of("import", source, "-o", file).code()).isZero();
  }

  @Test
  void shouldReadOrRefuseWhatIsLargerThanAnArray() throws IOException {
    final Path db = source.resolve("counter_7.db");
    write("counter_7.db", entry("[\"jobs\", \"jobs_total\", {}, \"Jobs.\"]", 3, 0));
    try (FileChannel channel = FileChannel.open(db, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), (3L << 30) - 1);
    }
    assertThat(Ran.of("import", source, "-o", file).code()).isZero();
    assertThat(page()).contains("jobs_total 3.0");
    Files.delete(file);
    // It says to use 2 GiB less 8 bytes, of which the second entry would be the most.
    try (FileChannel channel = FileChannel.open(db, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {-8, -1, -1, 127}), 0);
      channel.write(ByteBuffer.wrap(new byte[] {-128, -1, -1, 127}), 8);
    }
    assertFails("do not fill the 2147483640 bytes that it uses");
  }

  @Test
  void shouldSayWhichLocaleHasTheName() throws Exception {
    final ProcessBuilder builder =
        new ProcessBuilder(
            "sh", "-c", "exec \"$@\" import \"$(printf '\\303\\251')\" -o x", "narthex");
    builder.command().addAll(MainProcess.commandLine());
    builder.environment().put("LC_ALL", "C");
    final Process process = builder.directory(directory.toFile()).redirectErrorStream(true).start();
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(said).startsWith("narthex: Invalid SOURCE: ").contains("set LC_ALL=C.UTF-8");
    assertThat(said).hasLineCount(2);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void shouldLeaveNothingBehindWhenASignalEndsIt(final String signal, final int code)
      throws Exception {
    if (signal.equals("INT")) {
      Interrupt.assumeHeard();
    }
    final byte[][] entries = new byte[400_000][];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = entry("[\"a\", \"a_total\", {\"l\": \"" + i + "\"}, \"\"]", i, 0);
    }
    write("counter_7.db", entries);
    try (MainProcess process =
        MainProcess.start("import", source.toString(), "-o", file.toString())) {
      while (names().noneMatch(name -> name.endsWith(".new.lock"))) {
        assertThat(process.isAlive()).isTrue();
        Thread.sleep(1);
      }
      process.signal(signal);
      assertThat(process.exitCode()).isEqualTo(code);
      assertThat(process.err()).isEmpty();
    }
    assertThat(names()).containsExactly("multiproc");
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(path -> path.getFileName().toString()).toList().stream();
    }
  }

  @Test
  void shouldTellThatThereIsNoRoom() throws Exception {
    final byte[][] entries = new byte[20_000][];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = entry("[\"a\", \"a_total\", {\"l\": \"" + i + "\"}, \"\"]", i, 0);
    }
    write("counter_7.db", entries);
    try (MainProcess process =
        MainProcess.start(
            "import", source.toString(), "-o", file.toString(), "--max-size", "512k")) {
      assertThat(process.exitCode()).isOne();
      assertThat(process.err()).contains("there is no room", "--max-size").hasLineCount(1);
    }
    assertThat(names()).containsExactly("multiproc");
  }

  private void assertFails(final String reason) {
    final Ran ran = Ran.of("import", source, "-o", file);
    assertThat(ran.code()).isOne();
    assertThat(ran.err()).startsWith("narthex: ").contains(reason).hasLineCount(1);
  }

  private void assertNothingElse() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      assertThat(entries.map(path -> path.getFileName().toString()))
          .containsOnly("multiproc", "new.nx");
    }
  }

  private void write(final String name, final byte[]... entries) throws IOException {
    int used = 8;
    for (final byte[] entry : entries) {
      used += entry.length;
    }
    final ByteBuffer bytes =
        ByteBuffer.allocate(Math.max(used, 1 << 16)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(used).putInt(0);
    for (final byte[] entry : entries) {
      bytes.put(entry);
    }
    Files.write(source.resolve(name), bytes.array());
  }

  /** As versions from 0.17 on write it: with the time of a gauge that is set. */
  private static byte[] entry(final String json, final double value, final double timestamp) {
    final byte[] key = json.getBytes(StandardCharsets.UTF_8);
    final int padded = key.length + 8 - (key.length + 4) % 8;
    final ByteBuffer entry = ByteBuffer.allocate(4 + padded + 16).order(ByteOrder.LITTLE_ENDIAN);
    entry.putInt(key.length).put(key).put(new byte[padded - key.length]);
    return entry.putDouble(value).putDouble(timestamp).array();
  }

  private String page() throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MetricRegistry registry = NarthexFile.open(file)) {
      TextFormat.PROMETHEUS.write(registry, out);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The lines of samples, all numbers written alike, without what the engine tells of itself. */
  private static Set<String> samples(final String page) {
    final Set<String> samples = new TreeSet<>();
    page.lines()
        .filter(line -> !line.startsWith("#") && !line.startsWith("narthex_"))
        .forEach(
            line -> {
              final int space = line.lastIndexOf(' ');
              final double value = Double.parseDouble(line.substring(space + 1));
              samples.add(sorted(line.substring(0, space)) + ' ' + value);
            });
    return samples;
  }

  /** A sample's name with its labels in one order; no value in these tests has a comma. */
  private static String sorted(final String sample) {
    final int brace = sample.indexOf('{');
    return brace < 0
        ? sample
        : Stream.of(sample.substring(brace + 1, sample.length() - 1).split(",", -1))
            .sorted()
            .collect(Collectors.joining(",", sample.substring(0, brace) + '{', "}"));
  }

  private String python(final String program, final String... arguments) throws Exception {
    if (!Files.isExecutable(PYTHON)) {
      skip(PYTHON + " is not installed");
    }
    final Path output = directory.resolve("output");
    final ProcessBuilder builder = new ProcessBuilder(PYTHON.toString(), "-B", "-c", program);
    builder.command().addAll(List.of(arguments));
    builder.environment().put("PROMETHEUS_MULTIPROC_DIR", source.toString());
    final Process process =
        builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    final String said = Files.readString(output);
    Files.delete(output);
    if (process.exitValue() != 0 && said.contains("No module named 'prometheus_client'")) {
      skip("there is no client_python; Debian has it as python3-prometheus-client");
    }
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static void skip(final String reason) {
    System.out.println("Skipped: " + reason);
    abort(reason);
  }
}
