package io.narthex.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.MetricType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MetricsServerTest {
  /** More than sockets buffer on both sides, so that who does not read holds up the writer. */
  private static final int MANY = 100_000;

  private final MetricRegistry registry = MetricRegistry.create(HeapBackend.create());
  private final Counter counter =
      Counter.builder("requests").help("Requests.").labelNames("path").register(registry);
  private final MetricsServer server = MetricsServer.start(registry, 0);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (final Socket socket : sockets) {
      socket.close();
    }
    server.close();
    registry.close();
  }

  @Test
  void shouldRefusePortsThatAreNone() {
    for (final int port : new int[] {-1, 65_536}) {
      assertThatThrownBy(() -> MetricsServer.start(registry, port))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(port + " is not from 0 to 65535");
    }
  }

  @Test
  void shouldServeText004ToThoseWhoAskForNothing() {
    counter.labelValues("/").inc();

    final HttpResponse<byte[]> response = get("/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(text(response))
        .isEqualTo(
            """
            # HELP requests_total Requests.
            # TYPE requests_total counter
            requests_total{path="/"} 1.0
            """);
  }

  @Test
  void shouldServeOpenMetricsToThoseWhoAskForIt() {
    counter.labelValues("/").inc();

    final HttpResponse<byte[]> response =
        get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0,*/*;q=0.1");

    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(text(response)).startsWith("# TYPE requests counter\n").endsWith("# EOF\n");
  }

  @Test
  void shouldCompressSmallAndLargePagesForThoseWhoAccept() throws IOException {
    for (int series = 1; series <= 10_000; series *= 10_000) {
      fill(series);

      final HttpResponse<byte[]> plain = get("/metrics", "Accept-Encoding", "gzip;q=0");
      final HttpResponse<byte[]> zipped = get("/metrics", "Accept-Encoding", "gzip");

      assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
      assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())))
          .hasBinaryContent(plain.body());
    }
  }

  @Test
  void shouldSayHowLongASmallPageIsAndStreamALargeOne() {
    fill(1);
    assertThat(get("/metrics").headers().firstValue("Content-Length")).isPresent();

    fill(10_000);
    final HttpResponse<byte[]> large = get("/metrics");
    assertThat(large.headers().firstValue("Transfer-Encoding")).hasValue("chunked");
    assertThat(ParsedPage.of(text(large), TextFormat.PROMETHEUS).samples).hasSize(10_000);
  }

  @Test
  void shouldWriteOnlyWhatIsAskedForByName() {
    fill(1);
    Counter.builder("other").register(registry);

    assertThat(text(get("/metrics?name[]=requests_total")))
        .contains("requests")
        .doesNotContain("other");
    assertThat(text(get("/metrics?name%5B%5D=requests")))
        .contains("requests")
        .doesNotContain("other");
    assertThat(text(get("/metrics?x=y&name[]=requests&name[]=%6Fther_total&name")))
        .contains("requests", "other");
    assertThat(text(get("/metrics?name=other&&="))).contains("requests", "other");

    final HttpResponse<byte[]> none = get("/metrics?name[]=unheard_of");
    assertThat(none.statusCode()).isEqualTo(200);
    assertThat(none.body()).isEmpty();
    assertThat(text(get("/metrics?name[]=unheard_of", "Accept", "application/openmetrics-text")))
        .isEqualTo("# EOF\n");
  }

  @Test
  void shouldAnswerHeadWithoutAPage() {
    fill(1);

    final HttpResponse<byte[]> head = send("HEAD", "/metrics");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(head.body()).isEmpty();
    assertThat(send("HEAD", "/-/healthy").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldRefuseOtherMethods() {
    for (final String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW")) {
      final HttpResponse<byte[]> response = send(method, "/metrics");

      assertThat(response.statusCode()).as(method).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }
  }

  @Test
  void shouldTellWhereThingsAre() {
    assertThat(text(get("/"))).contains("href=\"/metrics\"");
    assertThat(text(get("/-/healthy"))).isEqualTo("Healthy.\n");
    for (final String path : List.of("/metrics/", "/metricsx", "/favicon.ico", "/..")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void shouldSurviveBombs() throws IOException {
    assertThat(get("/metrics?" + "name[]=x&".repeat(5_000)).statusCode()).isEqualTo(414);
    sendRaw("GET /metrics?" + "x".repeat(2_000_000) + " HTTP/1.1\r\n\r\n");
    sendRaw("GET /metrics HTTP/1.1\r\n" + "X: y\r\n".repeat(100_000) + "\r\n");
    sendRaw("\r\n".repeat(1000));
    sendRaw("\u0000\u0001\u0002 \u0003\r\n\r\n");
    sendRaw("GET /metrics?%zz HTTP/1.1\r\n\r\n");

    assertThat(get("/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldAnswerManyAtOnce() {
    fill(10_000);
    final List<CompletableFuture<HttpResponse<byte[]>>> responses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      responses.add(client.sendAsync(request("GET", "/metrics"), BodyHandlers.ofByteArray()));
    }
    for (final CompletableFuture<HttpResponse<byte[]>> response : responses) {
      assertThat(ParsedPage.of(text(response.join()), TextFormat.PROMETHEUS).samples)
          .hasSize(10_000);
    }
  }

  /** Fewer than the server has threads, a few more, and several times as many. */
  @ParameterizedTest
  @ValueSource(ints = {12, 20, 60})
  void shouldAnswerOthersHoweverManyReadersAreDead(final int readers) throws IOException {
    fill(MANY);
    for (int i = 0; i < readers; i++) {
      sendRaw("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    assertThat(text(getPatiently("/metrics")).lines()).hasSize(MANY + 2);
    server.close();
    assertThat(threadsOfServers()).isEmpty();
  }

  @Test
  void shouldAnswerOthersHoweverManyRequestLinesAreNeverFinished() throws IOException {
    fill(1);
    for (int i = 0; i < 60; i++) {
      sendRaw("GET /metr");
    }

    assertThat(text(getPatiently("/metrics"))).contains("requests_total{");
    server.close();
    assertThat(threadsOfServers()).isEmpty();
  }

  @Test
  void shouldAnswerOthersWhileRequestsAreNeverFinished() throws IOException {
    for (int i = 0; i < 12; i++) {
      sendRaw("GET /metrics HTT");
    }
    for (int i = 0; i < 12; i++) {
      sendRaw("POST /metrics HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");
    }

    assertThat(get("/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldCutOffADeadReaderThoughNobodyWaits() throws IOException, InterruptedException {
    fill(MANY);
    final Socket dead = sendRaw("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    // Longer than patience lasts. Whoever reads on then finds what was buffered, and no end of it.
    Thread.sleep(12_000);

    assertThat(readAll(dead)).doesNotContain("\r\n0\r\n\r\n");
  }

  @Test
  void shouldCloseConnectionsRatherThanQueueWithoutBound() throws IOException {
    fill(MANY);
    boolean refused = false;
    for (int i = 0; i < 100; i++) {
      sendRaw("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    // The last first: one that waits in the queue is answered when those before it have timed out.
    for (int i = 99; i >= 80 && !refused; i--) {
      refused = readAll(sockets.get(i)).isEmpty();
    }

    assertThat(refused).isTrue();
    for (final Socket socket : sockets) {
      socket.close();
    }
    int status = 0;
    while (status != 200) {
      try {
        status = get("/-/healthy").statusCode();
      } catch (final CompletionException e) {
        // Refused as well; the guard of this class limits for how long.
      }
    }
  }

  @Test
  void shouldAnswerAScrapeThatFailsEarlyWithAnError() {
    try (MetricsServer failing = MetricsServer.start(failingAfter(1).registry(), 0)) {
      final HttpResponse<byte[]> response =
          send(uri(failing, "/metrics"), "GET", "Accept-Encoding", "gzip");

      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(text(response)).contains("The scrape failed");
    }
  }

  @Test
  void shouldNotLetAScrapeThatFailsMidwayLookWhole() {
    try (MetricsServer failing = MetricsServer.start(failingAfter(50_000).registry(), 0)) {
      for (final String encoding : List.of("identity", "gzip")) {
        assertThatThrownBy(() -> send(uri(failing, "/metrics"), "GET", "Accept-Encoding", encoding))
            .hasRootCauseInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void shouldSayThatAPortIsInUse() {
    assertThatThrownBy(() -> MetricsServer.start(registry, server.port()))
        .isInstanceOf(NarthexException.class)
        .hasMessage(
            "port %d on %s is in use: choose another one, or 0 for any that is free",
            server.port(), InetAddress.getLoopbackAddress().getHostAddress());
  }

  @Test
  void shouldSayThatAHostIsUnknownOrNotThisOne() {
    assertThatThrownBy(
            () ->
                MetricsServer.start(
                    registry, InetSocketAddress.createUnresolved("no.such.host", 1)))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("no.such.host");
    // An address for documentation, which no host has.
    assertThatThrownBy(() -> MetricsServer.start(registry, new InetSocketAddress("192.0.2.1", 0)))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("192.0.2.1");
  }

  @Test
  void shouldListenOnLoopbackUnlessToldOtherwise() {
    try (MetricsServer everywhere = MetricsServer.start(registry, new InetSocketAddress(0))) {
      assertThat(send(uri(everywhere, "/metrics"), "GET").statusCode()).isEqualTo(200);
    }
    assertThat(server.toString()).contains("127.0.0.1");
  }

  @Test
  void shouldEndItsThreadsWhenClosed() throws IOException {
    fill(MANY);
    for (int i = 0; i < 8; i++) {
      sendRaw("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    get("/-/healthy");
    final int port = server.port();

    server.close();
    server.close();

    assertThat(threadsOfServers()).isEmpty();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(IOException.class);
    try (MetricsServer again = MetricsServer.start(registry, port)) {
      assertThat(again.port()).isEqualTo(port);
    }
  }

  @Test
  void shouldKeepNoProcessAlive() {
    get("/metrics");

    assertThat(threadsOfServers()).isNotEmpty().allMatch(Thread::isDaemon);
  }

  @Test
  void shouldServeAsAHandlerInAnotherServer() throws IOException {
    fill(1);
    final HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext("/own/path", MetricsServer.handler(registry));
    other.start();
    try {
      final URI uri = URI.create("http://127.0.0.1:" + other.getAddress().getPort() + "/own/path");
      assertThat(text(send(uri, "GET"))).contains("requests_total{");
      assertThat(send(uri, "HEAD").statusCode()).isEqualTo(200);
      assertThat(send(uri, "POST").statusCode()).isEqualTo(405);
    } finally {
      other.stop(0);
    }
  }

  private void fill(final int series) {
    for (int i = 0; i < series; i++) {
      counter.labelValues("/a/rather/long/path/" + i).inc(i);
    }
  }

  /** Series without end, of which one throws. */
  private static FixedFamilies failingAfter(final int series) {
    final FixedSeries[] members = new FixedSeries[series];
    for (int i = 0; i < series; i++) {
      members[i] = FixedSeries.of(i, "n", "" + i);
    }
    // One bucket too few.
    final FamilyDescriptor.Builder broken =
        FamilyDescriptor.builder(MetricType.HISTOGRAM, "broken").bounds(1);
    return new FixedFamilies()
        .add(FamilyDescriptor.builder(MetricType.GAUGE, "a"), members)
        .add(broken, FixedSeries.distribution(1, new long[] {1}));
  }

  private Socket sendRaw(final String request) throws IOException {
    final Socket socket = new Socket();
    sockets.add(socket);
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    } catch (final IOException e) {
      // The server did not want to hear all of it.
    }
    return socket;
  }

  private static String readAll(final Socket socket) {
    final StringBuilder read = new StringBuilder();
    try (InputStream in = socket.getInputStream()) {
      final byte[] bytes = new byte[65536];
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        read.append(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
      }
    } catch (final IOException e) {
      // Closed or reset, which is an end as well.
    }
    return read.toString();
  }

  private HttpResponse<byte[]> get(final String path, final String... headers) {
    return send(uri(server, path), "GET", headers);
  }

  /** As a scraper does that gives up some time. */
  private HttpResponse<byte[]> getPatiently(final String path) {
    return client
        .sendAsync(request("GET", path), BodyHandlers.ofByteArray())
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  private static List<Thread> threadsOfServers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getName().startsWith("narthex-metrics")
                    || thread.getName().equals("HTTP-Dispatcher"))
        .toList();
  }

  private HttpResponse<byte[]> send(final String method, final String path) {
    return send(uri(server, path), method);
  }

  private HttpResponse<byte[]> send(final URI uri, final String method, final String... headers) {
    final HttpRequest.Builder request = builder(uri, method);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.sendAsync(request.build(), BodyHandlers.ofByteArray()).join();
  }

  private HttpRequest request(final String method, final String path) {
    return builder(uri(server, path), method).build();
  }

  private static HttpRequest.Builder builder(final URI uri, final String method) {
    return HttpRequest.newBuilder(uri)
        .timeout(Duration.ofMinutes(1))
        .method(method, HttpRequest.BodyPublishers.noBody());
  }

  private static URI uri(final MetricsServer server, final String path) {
    return URI.create(
        "http://127.0.0.1:" + server.port() + path.replace("[", "%5B").replace("]", "%5D"));
  }

  /** Without the engine's own metrics. */
  private static String text(final HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8)
        .replaceAll("(?m)^(# (HELP|TYPE) )?narthex_.*\n", "");
  }
}
