package io.narthex.exposition;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.narthex.MetricRegistry;
import io.narthex.backend.EngineLog;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Answers a scrape of one registry. */
final class ScrapeHandler implements HttpHandler {
  private static final EngineLog LOGGER = EngineLog.of(ScrapeHandler.class);
  private static final int MAX_QUERY_LENGTH = 16 * 1024;
  private static final String NAME_FILTER = "name[]";

  private final MetricRegistry registry;
  private final Supplier<Patience> patience;

  ScrapeHandler(final MetricRegistry registry, final Supplier<Patience> patience) {
    this.registry = registry;
    this.patience = patience;
  }

  @Override
  public void handle(final HttpExchange exchange) throws IOException {
    if (Responses.refuseMethod(exchange)) {
      return;
    }
    final String query = exchange.getRequestURI().getRawQuery();
    if (query != null && query.length() > MAX_QUERY_LENGTH) {
      Responses.send(exchange, 414, "The query is longer than " + MAX_QUERY_LENGTH + " bytes.\n");
      return;
    }
    final Set<String> names;
    try {
      names = names(query);
    } catch (final IllegalArgumentException e) {
      Responses.send(exchange, 400, "The query cannot be decoded.\n");
      return;
    }
    final TextFormat format = TextFormat.negotiate(joined(exchange, "Accept"));
    final boolean gzip = Negotiation.acceptsGzip(joined(exchange, "Accept-Encoding"));
    final Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", format.contentType());
    headers.set("Vary", "Accept, Accept-Encoding");
    if (gzip) {
      headers.set("Content-Encoding", "gzip");
    }
    if (Responses.isHead(exchange)) {
      Responses.sendHead(exchange, 200);
      return;
    }
    scrape(exchange, format, gzip, names);
  }

  private void scrape(
      final HttpExchange exchange,
      final TextFormat format,
      final boolean gzip,
      final Set<String> names)
      throws IOException {
    final Patience ours = patience.get();
    final PageStream page = new PageStream(exchange, ours);
    ours.working();
    try {
      if (gzip) {
        try (Gzip zipped = new Gzip(page)) {
          write(format, zipped, names);
          zipped.finish();
        }
      } else {
        write(format, page, names);
      }
      page.finish();
    } catch (final RuntimeException | Error e) {
      LOGGER.log(Level.WARNING, "A scrape failed", e);
      if (page.isStarted()) {
        // Thrown on, it makes the server cut the connection, so that the page does not seem whole.
        throw new IOException("the scrape failed midway", e);
      }
      ours.waiting();
      exchange.getResponseHeaders().remove("Content-Encoding");
      Responses.send(exchange, 500, "The scrape failed; the log of this process tells why.\n");
    }
    ours.waiting();
  }

  private void write(final TextFormat format, final OutputStream out, final Set<String> names)
      throws IOException {
    if (names.isEmpty()) {
      format.write(registry, out);
    } else {
      format.write(registry, out, names);
    }
  }

  /** The names that the query filters by, empty if it does not. */
  private static Set<String> names(final String query) {
    final Set<String> names = new HashSet<>();
    if (query != null) {
      for (final String parameter : query.split("&", -1)) {
        final int equals = parameter.indexOf('=');
        if (equals > 0 && decode(parameter.substring(0, equals)).equals(NAME_FILTER)) {
          names.add(decode(parameter.substring(equals + 1)));
        }
      }
    }
    return names;
  }

  private static String decode(final String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String joined(final HttpExchange exchange, final String header) {
    final List<String> values = exchange.getRequestHeaders().get(header);
    return values == null ? null : String.join(",", values);
  }

  /** Fast rather than small: text of metrics shrinks well at any level. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(final OutputStream out) throws IOException {
      super(out, 8 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }

    /** Frees the deflater only; after a failure nothing more is to be written. */
    @Override
    public void close() {
      def.end();
    }
  }
}
