package io.narthex.stress.exposition;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.narthex.MetricRegistry;
import io.narthex.exposition.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/**
 * The control: the HTTP server and as many threads as {@code MetricsServer} has, and pages that are
 * ready, also compressed ones. What a scrape costs more than this is what the exposition costs.
 */
final class ConstantServer implements AutoCloseable {
  private static final int THREADS = 16;

  private final MetricRegistry registry;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private volatile Pages pages;

  ConstantServer(final MetricRegistry registry) throws IOException {
    this.registry = registry;
    refresh();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Makes the pages as long as the registry's are now: numbers have grown. */
  void refresh() {
    try {
      pages = Pages.of(registry);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(final HttpExchange exchange) throws IOException {
    final String method = exchange.getRequestMethod();
    if (!exchange.getRequestURI().getPath().equals("/metrics")) {
      exchange.sendResponseHeaders(404, -1);
    } else if (method.equals("GET")) {
      final byte[] page = page(exchange);
      // Chunked, as a page is whose length nobody knows when it begins.
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(page);
    } else {
      exchange.sendResponseHeaders(method.equals("HEAD") ? 200 : 405, -1);
    }
    exchange.close();
  }

  private byte[] page(final HttpExchange exchange) {
    final boolean openMetrics = asks(exchange, "Accept", "openmetrics");
    final boolean gzip = asks(exchange, "Accept-Encoding", "gzip");
    if (gzip) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    if (openMetrics) {
      return gzip ? pages.zippedOpenMetrics : pages.openMetrics;
    }
    return gzip ? pages.zippedPrometheus : pages.prometheus;
  }

  private static boolean asks(final HttpExchange exchange, final String header, final String word) {
    final String value = exchange.getRequestHeaders().getFirst(header);
    return value != null && value.contains(word);
  }

  /** One page for each choice that a client has. */
  private static final class Pages {
    final byte[] prometheus;
    final byte[] openMetrics;
    final byte[] zippedPrometheus;
    final byte[] zippedOpenMetrics;

    private Pages(final byte[] prometheus, final byte[] openMetrics) throws IOException {
      this.prometheus = prometheus;
      this.openMetrics = openMetrics;
      this.zippedPrometheus = zipped(prometheus);
      this.zippedOpenMetrics = zipped(openMetrics);
    }

    static Pages of(final MetricRegistry registry) throws IOException {
      return new Pages(
          page(TextFormat.PROMETHEUS, registry), page(TextFormat.OPENMETRICS, registry));
    }

    private static byte[] page(final TextFormat format, final MetricRegistry registry)
        throws IOException {
      final ByteArrayOutputStream out = new ByteArrayOutputStream();
      format.write(registry, out);
      return out.toByteArray();
    }

    private static byte[] zipped(final byte[] page) throws IOException {
      final ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(page);
      }
      return out.toByteArray();
    }
  }
}
