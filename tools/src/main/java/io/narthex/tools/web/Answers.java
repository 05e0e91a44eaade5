package io.narthex.tools.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** The page's answers, with the headers that keep a browser to what the page consists of. */
final class Answers {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Answers() {}

  /** Answers a request that is neither GET nor HEAD, and returns whether it was one. */
  static boolean refuseMethod(final HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET") || isHead(exchange)) {
      return false;
    }
    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
    text(exchange, 405, "Only GET and HEAD are allowed here.\n");
    return true;
  }

  static void send(final HttpExchange exchange, final Asset asset) throws IOException {
    final Headers request = exchange.getRequestHeaders();
    final Body body = asset.body(Gzip.isAccepted(request));
    final String tag = body.tag();
    final Headers headers = exchange.getResponseHeaders();
    headers.set("Cache-Control", "no-cache");
    headers.set("Vary", "Accept-Encoding");
    headers.set("ETag", tag);
    if (EntityTags.contain(request.get("If-None-Match"), tag)) {
      exchange.sendResponseHeaders(304, -1);
      exchange.close();
      return;
    }
    send(exchange, 200, asset.contentType, body);
  }

  static void json(final HttpExchange exchange, final String json) throws IOException {
    final byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    final Headers headers = exchange.getResponseHeaders();
    headers.set("Cache-Control", "no-store");
    headers.set("Vary", "Accept-Encoding");
    send(
        exchange,
        200,
        "application/json; charset=utf-8",
        Gzip.isAccepted(exchange.getRequestHeaders())
            ? Body.zipped(bytes, Deflater.BEST_SPEED)
            : Body.plain(bytes));
  }

  static void fail(final HttpExchange exchange, final String reason) throws IOException {
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    text(exchange, 503, reason + '\n');
  }

  private static void text(final HttpExchange exchange, final int status, final String text)
      throws IOException {
    send(
        exchange,
        status,
        "text/plain; charset=utf-8",
        Body.plain(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void send(
      final HttpExchange exchange, final int status, final String contentType, final Body body)
      throws IOException {
    final Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", contentType);
    if (body.zipped) {
      headers.set("Content-Encoding", "gzip");
    }
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    if (isHead(exchange)) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body.bytes);
      }
    }
    exchange.close();
  }

  private static boolean isHead(final HttpExchange exchange) {
    return exchange.getRequestMethod().equals("HEAD");
  }
}
