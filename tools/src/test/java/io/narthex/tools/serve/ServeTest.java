package io.narthex.tools.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.tools.Main;
import io.narthex.tools.MainProcess;
import io.narthex.tools.process.ChildProcess;
import io.narthex.tools.process.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sidecar as a shell starts it, beside services of which this process plays some. */
@Timeout(120)
final class ServeTest {
  @TempDir private Path directory;

  private final List<MetricRegistry> services = new ArrayList<>();

  @AfterEach
  void close() {
    services.forEach(MetricRegistry::close);
  }

  @BeforeAll
  static void onLinuxOnly() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "the mapped backend is for Linux");
  }

  @Test
  void shouldServeOneFileAsTheServiceWould() throws Exception {
    final Path file = directory.resolve("orders.nx");
    final MetricRegistry service = count(file, "GET", 3);
    try (ChildProcess sidecar = serve(file.toString())) {
      final String url = sidecar.awaitLine("metrics: ");
      assertThat(Page.get(url))
          .contains("orders_total{method=\"GET\"} 3.0\n")
          .contains("narthex_series ")
          .contains("narthex_serve_files 1.0\n")
          .contains("narthex_serve_bad_files 0.0\n")
          .doesNotContain("source=");

      counter(service).labelValues("GET").inc(2);
      assertThat(Page.get(url)).contains("orders_total{method=\"GET\"} 5.0\n");
      final String later = Page.get(url);
      assertThat(value(later, "narthex_serve_scrape_duration_seconds_count")).isGreaterThan(1);
      assertThat(value(later, "narthex_serve_page_bytes_total")).isGreaterThan(1000);
      final double series = value(later, "narthex_serve_series");
      assertThat(series).isGreaterThan(1);
      Page.get(url + "?name%5B%5D=orders_total");
      assertThat(value(Page.get(url), "narthex_serve_series")).isEqualTo(series);
      assertThat(value(later, "narthex_serve_file_bytes")).isEqualTo((double) Files.size(file));

      sidecar.signal("TERM");
      assertThat(sidecar.exitCode()).as("exit code: %s", sidecar.lines()).isZero();
    }
  }

  @Test
  void shouldAnswerInEachFormatAndEncoding() throws Exception {
    final Path file = directory.resolve("orders.nx");
    count(file, "GET", 3);
    try (ChildProcess sidecar = serve(file.toString())) {
      final String url = sidecar.awaitLine("metrics: ");
      final HttpResponse<byte[]> openMetrics =
          Page.ask(url, "Accept", "application/openmetrics-text", "Accept-Encoding", "gzip");
      assertThat(openMetrics.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/openmetrics-text; version=1.0.0");
      assertThat(openMetrics.headers().firstValue("Content-Encoding")).contains("gzip");
      final String page = unzipped(openMetrics.body());
      assertThat(page).contains("# TYPE orders counter\n").endsWith("# EOF\n");
      OutsideParsers.checkOpenMetrics(page);

      final String plain = Page.get(url, "Accept-Encoding", "identity");
      assertThat(plain).contains("# TYPE orders_total counter\n");
      OutsideParsers.checkPrometheus(plain);
      assertThat(Page.get(url + "?name%5B%5D=orders_total").lines())
          .containsExactly(
              "# HELP orders_total Orders.",
              "# TYPE orders_total counter",
              "orders_total{method=\"GET\"} 3.0");
    }
  }

  @Test
  void shouldTellFilesApartByTheirNames() throws Exception {
    final Path file = directory.resolve("a \"b\".nx");
    final MetricRegistry one = count(file, "GET", 3);
    final MetricRegistry two = count(directory.resolve("other.nx"), "PUT", 4);
    try (ChildProcess sidecar = serve(directory.toString())) {
      Counter.builder("taken").labelNames("source").register(one).labelValues("own").inc();
      Histogram.builder("took_seconds").buckets(1, 2).register(one).observe(1.5);
      Histogram.builder("took_seconds").buckets(1, 2).register(two).observe(0.5);
      // Another meaning of one name: there can be only one on a page.
      Gauge.builder("depth").register(one).set(1);
      Histogram.builder("depth").buckets(1).register(two).observe(1);

      final String url = sidecar.awaitLine("metrics: ");
      final String page = Page.get(url);
      assertThat(page)
          .contains("orders_total{method=\"GET\",source=\"a \\\"b\\\".nx\"} 3.0\n")
          .contains("orders_total{method=\"PUT\",source=\"other.nx\"} 4.0\n")
          .contains("taken_total{exported_source=\"own\",source=\"a \\\"b\\\".nx\"} 1.0\n")
          .contains("took_seconds_bucket{source=\"a \\\"b\\\".nx\",le=\"2.0\"} 1\n")
          .contains("took_seconds_bucket{source=\"other.nx\",le=\"1.0\"} 1\n")
          .contains("depth{source=\"a \\\"b\\\".nx\"} 1.0\n")
          .doesNotContain("depth_bucket")
          .containsOnlyOnce("# TYPE orders_total counter\n")
          .containsOnlyOnce("# TYPE took_seconds histogram\n");
      assertThat(value(page, "narthex_serve_left_out_families")).isEqualTo(1);
      OutsideParsers.checkPrometheus(page);
      OutsideParsers.checkOpenMetrics(Page.get(url, "Accept", "application/openmetrics-text"));
    }
  }

  @Test
  void shouldFollowFilesThatComeAndGo() throws Exception {
    final Path file = directory.resolve("orders.nx");
    try (ChildProcess sidecar = serve(directory.toString())) {
      final String url = sidecar.awaitLine("metrics: ");
      assertThat(Page.get(url)).contains("narthex_serve_files 0.0\n");

      count(file, "GET", 3).close();
      Page.await(url, page -> page.contains("orders_total{method=\"GET\",source=\"orders.nx\"} 3"));
      // Another file in its place, as after a deployment.
      final Path beside = Files.createDirectory(directory.resolve("beside")).resolve("orders.nx");
      count(beside, "PUT", 4).close();
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      Page.await(url, page -> page.contains("method=\"PUT\",source=\"orders.nx\"} 4"));
      assertThat(Page.get(url)).doesNotContain("method=\"GET\"");

      final Path foreign = Files.writeString(directory.resolve("notes.txt"), "no metrics\n");
      Page.await(url, page -> page.contains("narthex_serve_bad_files 1.0\n"));
      assertThat(Page.get(url)).contains("orders_total{method=\"PUT\",source=\"orders.nx\"} 4");

      // A damaged one among them, which could be read before.
      Files.move(Files.write(beside, new byte[100]), file, StandardCopyOption.ATOMIC_MOVE);
      Page.await(url, page -> page.contains("narthex_serve_bad_files 2.0\n"));
      Files.delete(file);
      Files.delete(foreign);
      Page.await(url, page -> page.contains("narthex_serve_bad_files 0.0\n"));
      assertThat(Page.get(url))
          .contains("narthex_serve_files 0.0\n")
          .doesNotContain("orders_total");

      assertThat(sidecar.lines()).filteredOn(line -> line.contains("notes.txt")).hasSize(1);
      assertThat(sidecar.lines())
          .contains("file: " + file, "replaced: " + file)
          .noneMatch(line -> line.contains(".lock"))
          .noneMatch(line -> line.contains("\tat "));
    }
  }

  @Test
  void shouldLeaveOutAFileWhoseNameTheLocaleCannotTell() throws Exception {
    final Path file = directory.resolve("orders.nx");
    count(file, "GET", 3).close();
    final String copy = "cp orders.nx \"$(printf '\\303\\244.nx')\"";
    assertThat(
            new ProcessBuilder("/bin/sh", "-c", copy)
                .directory(directory.toFile())
                .start()
                .waitFor())
        .isZero();
    final List<String> command = new ArrayList<>(List.of("env", "LC_ALL=C"));
    command.addAll(MainProcess.commandLine());
    command.addAll(List.of("serve", directory.toString(), "--port=0"));
    try (ChildProcess sidecar = ChildProcess.of(command.toArray(new String[0]))) {
      final String url = sidecar.awaitLine("metrics: ");
      assertThat(Page.get(url)).contains("source=\"orders.nx\"} 3");
      assertThat(sidecar.lines()).noneMatch(line -> line.contains("Exception"));
    }
  }

  @Test
  void shouldNoticeAFileThatIsCopiedOverAnother() throws Exception {
    final Path file = directory.resolve("orders.nx");
    final Path other = directory.resolve("other.nx");
    count(file, "GET", 3).close();
    count(other, "PUT", 4).close();
    try (ChildProcess sidecar = serve(file.toString())) {
      final String url = sidecar.awaitLine("metrics: ");
      assertThat(Page.get(url)).contains("orders_total{method=\"GET\"} 3");
      try (OutputStream over = Files.newOutputStream(file)) {
        Files.copy(other, over);
      }
      Page.await(url, page -> page.contains("orders_total{method=\"PUT\"} 4"));
      assertThat(Page.get(url)).doesNotContain("GET");

      sidecar.signal("TERM");
      assertThat(sidecar.exitCode()).as("exit code: %s", sidecar.lines()).isZero();
      assertThat(sidecar.lines()).noneMatch(line -> line.startsWith("gone: "));
    }
  }

  @Test
  void shouldGoOnWithTheOthersWhereOneCannotBeServed() throws Exception {
    final Path file = directory.resolve("orders.nx");
    final Path missing = directory.resolve("missing.nx");
    count(file, "GET", 3);
    try (ChildProcess sidecar = serve(file.toString(), missing.toString())) {
      final String url = sidecar.awaitLine("metrics: ");
      assertThat(Page.get(url)).contains("source=\"orders.nx\"} 3.0\n");
      assertThat(sidecar.awaitLine("narthex: ")).startsWith(missing + " does not exist; ");
      count(missing, "PUT", 4);
      Page.await(url, page -> page.contains("source=\"missing.nx\"} 4.0\n"));
    }
  }

  @Test
  void shouldSayInALineWhyItCannotServe() throws Exception {
    final Path file = directory.resolve("orders.nx");
    count(file, "GET", 3).close();
    final Path text = Files.writeString(directory.resolve("notes.txt"), "no metrics\n");
    refused("does not exist", directory.resolve("missing.nx").toString(), "--port=0");
    refused("is no Narthex file", text.toString(), "--port=0");
    refused("unknown", file.toString(), "--port=0", "--bind=nowhere.invalid");
    refused("none of the files", text.toString(), directory + "/missing.nx", "--port=0");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      final int port = taken.getLocalPort();
      refused("port " + port + " on 127.0.0.1 is in use", file.toString(), "--port=" + port);
    }
  }

  private static void refused(final String reason, final String... args) throws Exception {
    try (ChildProcess sidecar = start(args)) {
      assertThat(sidecar.exitCode()).as("exit code: %s", sidecar.lines()).isOne();
      final String last = sidecar.lines().get(sidecar.lines().size() - 1);
      assertThat(last).startsWith("narthex: ").contains(reason);
      assertThat(sidecar.lines()).noneMatch(line -> line.contains("\tat "));
    }
  }

  private static ChildProcess serve(final String... files) throws IOException {
    final String[] args = new String[files.length + 1];
    System.arraycopy(files, 0, args, 0, files.length);
    args[files.length] = "--port=0";
    return start(args);
  }

  private static ChildProcess start(final String... args) throws IOException {
    final String[] all = new String[args.length + 1];
    all[0] = "serve";
    System.arraycopy(args, 0, all, 1, args.length);
    return ChildProcess.java(Main.class, all);
  }

  /** A service that has counted something. */
  private MetricRegistry count(final Path file, final String method, final int times) {
    final MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file));
    services.add(registry);
    counter(registry).labelValues(method).inc(times);
    return registry;
  }

  private static Counter counter(final MetricRegistry registry) {
    return Counter.builder("orders_total").help("Orders.").labelNames("method").register(registry);
  }

  private static double value(final String page, final String sample) {
    return page.lines()
        .filter(line -> line.startsWith(sample + ' '))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + sample + " in " + page));
  }

  private static String unzipped(final byte[] body) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
