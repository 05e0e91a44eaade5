package io.narthex.stress.exposition;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests, always the same, that no scraper sends. */
final class BadRequests {
  private static final String GET = "GET /metrics HTTP/1.1\r\nHost: x\r\n";
  private static final int BOMB = 64 * 1024;

  private BadRequests() {}

  static List<byte[]> all() {
    final List<byte[]> all = new ArrayList<>();
    for (final List<String> kind : List.of(bombs(), badAccepts(), odd(), withBodies())) {
      for (final String request : kind) {
        all.add(request.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return all;
  }

  private static List<String> bombs() {
    return List.of(
        GET + "X: " + "y".repeat(BOMB) + "\r\n\r\n",
        GET + ("X: " + "y".repeat(1020) + "\r\n").repeat(BOMB / 1024) + "\r\n",
        GET + "X: y\r\n".repeat(10_000) + "\r\n",
        // A line without an end.
        GET + "X: " + "y".repeat(BOMB),
        "GET /" + "metrics/".repeat(BOMB / 8) + " HTTP/1.1\r\n\r\n");
  }

  private static List<String> badAccepts() {
    return List.of(
        accept(noise(200)),
        accept(noise(5_000)),
        accept("text/" + "p".repeat(BOMB / 2)),
        accept("application/openmetrics-text;q=abc, text/plain;q=\"\\"),
        accept("text/plain;q=0.1,".repeat(4_000)),
        accept(";".repeat(BOMB / 2)),
        GET + "Accept-Encoding: gzip;q=0.001, *;q=0, gzip;q=9\r\n\r\n");
  }

  private static List<String> odd() {
    return List.of(
        "BREW /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
        "get /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /%00/../metrics/ HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n",
        noise(500) + "\r\n\r\n",
        (GET + "\r\n").repeat(4));
  }

  private static List<String> withBodies() {
    return List.of(
        "POST /metrics HTTP/1.1\r\nContent-Length: 10000\r\n\r\n" + "z".repeat(10_000),
        GET + "Content-Length: 10000\r\n\r\n" + "z".repeat(10_000),
        GET + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        // A body that does not come.
        "PUT /metrics HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");
  }

  private static String accept(final String value) {
    return GET + "Accept: " + value + "\r\n\r\n";
  }

  /** Any bytes but those that end a line. */
  private static String noise(final int length) {
    final Random random = new Random(length);
    final StringBuilder noise = new StringBuilder();
    while (noise.length() < length) {
      final char c = (char) random.nextInt(256);
      if (c != '\r' && c != '\n') {
        noise.append(c);
      }
    }
    return noise.toString();
  }
}
