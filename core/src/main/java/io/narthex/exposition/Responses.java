package io.narthex.exposition;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Small answers to HTTP requests. */
final class Responses {
  private Responses() {}

  /** Answers a request that is neither GET nor HEAD, and returns whether it was one. */
  static boolean refuseMethod(final HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET") || isHead(exchange)) {
      return false;
    }
    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
    send(exchange, 405, "Only GET and HEAD are allowed here.\n");
    return true;
  }

  static boolean isHead(final HttpExchange exchange) {
    return exchange.getRequestMethod().equals("HEAD");
  }

  /** Sends plain text. */
  static void send(final HttpExchange exchange, final int status, final String text)
      throws IOException {
    send(exchange, status, "text/plain; charset=utf-8", text);
  }

  static void send(
      final HttpExchange exchange, final int status, final String contentType, final String text)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    if (isHead(exchange)) {
      sendHead(exchange, status);
      return;
    }
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Answers a HEAD request; without a length, as nobody has asked for the page yet. */
  static void sendHead(final HttpExchange exchange, final int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
