package io.narthex.tools.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.MetricsServer;
import io.narthex.tools.process.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server answers for the page. */
final class WebPageTest {
  /** What a part of the page asks for. */
  private static final Pattern REFERENCE =
      Pattern.compile("(?:src|href|from|import)\\s*=?\\s*[\"']([./\\w-]+\\.(?:js|css|svg))[\"']");

  @TempDir private Path directory;

  private final MetricRegistry registry = MetricRegistry.create(HeapBackend.create());
  private final List<ShownFile> files = new ArrayList<>();
  private final MetricsServer server =
      MetricsServer.start(
          registry,
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new WebPage(registry, new Shown())::around);

  private final class Shown implements ShownFiles {
    @Override
    public List<ShownFile> files() {
      return List.copyOf(files);
    }

    @Override
    public SortedMap<Path, String> skipped() {
      return new TreeMap<>(java.util.Map.of(Path.of("/dev/shm/bad.nx"), "it is bad"));
    }
  }

  @AfterEach
  void close() {
    server.close();
    registry.close();
  }

  @Test
  void shouldServeEveryPartThatThePageAsksForAndNoMore() throws Exception {
    final List<String> seen = new ArrayList<>(List.of("/"));
    for (int i = 0; i < seen.size(); i++) {
      final HttpResponse<byte[]> part = Page.ask(url(seen.get(i)));
      assertThat(part.statusCode()).as(seen.get(i)).isEqualTo(200);
      assertThat(part.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'")
          .doesNotContain("unsafe", "http:", "https:", "data:", "*");
      assertThat(part.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      final Matcher references = REFERENCE.matcher(new String(part.body(), StandardCharsets.UTF_8));
      while (references.find()) {
        final String path = URI.create(seen.get(i)).resolve(references.group(1)).toString();
        if (!seen.contains(path)) {
          seen.add(path);
        }
      }
    }
    assertThat(seen).contains("/ui/main.js", "/ui/uplot.js", "/ui/uplot.css", "/ui/icon.svg");
    for (final String path :
        List.of("/ui/", "/ui/Assets.class", "/ui/../web/Assets.class", "/index.html", "/api/")) {
      assertThat(Page.ask(url(path)).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void shouldNotAskForAnythingFromOutside() throws Exception {
    for (final String part : List.of("/", "/ui/main.js", "/ui/style.css", "/ui/icon.svg")) {
      assertThat(Page.get(url(part)).replace("http://www.w3.org/2000/svg", ""))
          .as(part)
          .doesNotContain("http://", "https://", "@import", "url(");
    }
  }

  @Test
  void shouldLeaveScrapesAsTheyAre() throws Exception {
    Counter.builder("orders_total").register(registry).inc();
    assertThat(Page.get(url("/metrics"))).contains("orders_total 1.0\n");
    assertThat(Page.get(url("/-/healthy"))).isEqualTo("Healthy.\n");
  }

  @Test
  void shouldAllowNoOtherMethods() throws Exception {
    for (final String path : List.of("/", "/ui/main.js", "/api/poll")) {
      final HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(url(path)))
                      .POST(BodyPublishers.ofString("x"))
                      .build(),
                  BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }
  }

  @Test
  void shouldNotSendAgainWhatTheBrowserHas() throws Exception {
    final String tag = Page.ask(url("/ui/main.js")).headers().firstValue("ETag").orElseThrow();
    final HttpResponse<byte[]> again = Page.ask(url("/ui/main.js"), "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    for (final String held : List.of("W/" + tag, "\"other\", " + tag, "W/\"other\"," + tag, "*")) {
      assertThat(Page.ask(url("/ui/main.js"), "If-None-Match", held).statusCode())
          .as(held)
          .isEqualTo(304);
    }
    for (final String other :
        List.of("\"other\"", "", ",", tag.replace("\"", ""), "\"*\"", "\"a,*,b\"")) {
      assertThat(Page.ask(url("/ui/main.js"), "If-None-Match", other).statusCode())
          .as(other)
          .isEqualTo(200);
    }
  }

  @Test
  void shouldCompressForWhoTakesIt() throws Exception {
    final Counter orders = Counter.builder("orders_total").labelNames("n").register(registry);
    for (int i = 0; i < 100; i++) {
      orders.labelValues(Integer.toString(i)).inc();
    }
    for (final String path : List.of("/", "/ui/uplot.js", "/api/poll", "/api/reading")) {
      final HttpResponse<byte[]> plain = Page.ask(url(path));
      assertThat(plain.headers().firstValue("Content-Encoding")).as(path).isEmpty();
      assertThat(plain.headers().firstValue("Vary")).as(path).contains("Accept-Encoding");
      for (final String accepted :
          List.of("gzip", "br, GZIP ;q=0.1", "*", "x-gzip", "identity;q=0, *;q=1")) {
        final HttpResponse<byte[]> zipped = Page.ask(url(path), "Accept-Encoding", accepted);
        assertThat(zipped.headers().firstValue("Content-Encoding")).as(path).contains("gzip");
        assertThat(zipped.headers().firstValue("Vary")).as(path).contains("Accept-Encoding");
        assertThat(zipped.body().length).as(path).isLessThan(plain.body().length / 2);
        final byte[] unzipped = unzipped(zipped.body());
        if (path.startsWith("/api")) { // times differ
          assertThat(new String(unzipped, StandardCharsets.UTF_8)).startsWith("{").endsWith("}");
        } else {
          assertThat(unzipped).as(path).isEqualTo(plain.body());
        }
      }
      for (final String refused :
          List.of("", "br", "gzip;q=0", "gzip; q=0.000, *", "*;q=0", "gzip;q=x", "gzippy")) {
        assertThat(
                Page.ask(url(path), "Accept-Encoding", refused)
                    .headers()
                    .firstValue("Content-Encoding"))
            .as("%s for '%s'", path, refused)
            .isEmpty();
      }
    }
    // What is small stays as it is.
    assertThat(
            Page.ask(url("/ui/theme.js"), "Accept-Encoding", "gzip")
                .headers()
                .firstValue("Content-Encoding"))
        .isEmpty();
  }

  @Test
  void shouldTagEachFormForItself() throws Exception {
    final String url = url("/ui/main.js");
    final String plain = Page.ask(url).headers().firstValue("ETag").orElseThrow();
    final String zipped =
        Page.ask(url, "Accept-Encoding", "gzip").headers().firstValue("ETag").orElseThrow();
    assertThat(zipped).isNotEqualTo(plain);
    final HttpResponse<byte[]> again =
        Page.ask(url, "Accept-Encoding", "gzip", "If-None-Match", zipped);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.headers().firstValue("ETag")).contains(zipped);
    assertThat(Page.ask(url, "If-None-Match", zipped).statusCode()).isEqualTo(200);
  }

  private static byte[] unzipped(final byte[] bytes) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  @Test
  void shouldTellOfFilesAndProcesses() throws Exception {
    final Path file = directory.resolve("orders.nx");
    try (MetricRegistry service = MetricRegistry.create(MappedBackend.open(file));
        MappedBackend viewer = MappedBackend.openReadOnly(file)) {
      Counter.builder("orders_total").register(service).inc();
      files.add(new ShownFile(file, "orders.nx", viewer));
      final JsonObject poll = JsonParser.parseString(Page.get(url("/api/poll"))).getAsJsonObject();
      final JsonObject shown = poll.getAsJsonArray("files").get(0).getAsJsonObject();
      assertThat(shown.get("path").getAsString()).isEqualTo(file.toString());
      final JsonObject process = shown.getAsJsonArray("processes").get(0).getAsJsonObject();
      assertThat(process.get("pid").getAsLong()).isEqualTo(ProcessHandle.current().pid());
      assertThat(process.get("state").getAsString()).isEqualTo("alive");
      assertThat(process.get("start_ms").getAsLong())
          .isEqualTo(ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli());
      assertThat(poll.getAsJsonArray("skipped").get(0).toString())
          .contains("/dev/shm/bad.nx", "it is bad");
    }
  }

  @Test
  void shouldGiveProgramsEverythingAtOnce() throws Exception {
    Counter.builder("orders_total").register(registry).inc(3);
    final JsonObject reading =
        JsonParser.parseString(Page.get(url("/api/reading"))).getAsJsonObject();
    assertThat(reading.getAsJsonArray("families").toString())
        .contains("\"name\":\"orders\"", "\"value\":3");
  }

  private String url(final String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }
}
