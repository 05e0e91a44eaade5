package io.narthex.stress.exposition;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages valid requests, and parts of them, in ways that a seed decides. */
public final class RequestDamage {
  private static final int MAX_LENGTH = 64 * 1024;
  private static final int MAX_WOUNDS = 4;
  private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";

  private static final List<String> REQUESTS =
      List.of(
          "GET /metrics" + HOST + "\r\n",
          "GET /metrics?name[]=storm_counted_total&name%5B%5D=storm_observed" + HOST + "\r\n",
          "HEAD /metrics" + HOST + "Accept-Encoding: gzip, deflate;q=0.5, *;q=0\r\n\r\n",
          "GET /-/healthy HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
          "GET http://localhost/metrics?a=b" + HOST + "Accept: */*\r\n\r\n",
          "GET /metrics"
              + HOST
              + "Accept: application/openmetrics-text;version=1.0.0;q=0.6,"
              + "text/plain;version=\"0.0.4\";q=0.3,*/*;q=0.1\r\nAccept-Encoding: gzip\r\n\r\n",
          "POST /metrics" + HOST + "Content-Length: 10\r\n\r\n0123456789",
          "GET /metrics"
              + HOST
              + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
          "GET /-/healthy" + HOST + "\r\nGET /" + HOST + "Connection: close\r\n\r\n");

  private static final List<String> ACCEPTS =
      List.of(
          "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
          "text/*;q=0.9, application/openmetrics-text; version=\"1.0.0\" ;q=0.95",
          "gzip;q=1.0, deflate;q=0.5, *;q=0",
          "x-gzip, identity",
          "*/*");

  private static final List<String> QUERIES =
      List.of(
          "name[]=storm_counted_total",
          "name%5B%5D=storm_counted_total&name%5b%5d=storm_observed",
          "x=y&name[]=storm_observed_bucket&name&=&name[]=%6Fther",
          "name[]=&name[]=n%C3%A4me+with%20space");

  private static final List<String> NASTY =
      List.of(
          "\0",
          "%",
          "%zz",
          "%00",
          "%C3%28",
          "%5B%5D",
          "name[]=",
          "&",
          "=",
          "+",
          ";q=",
          ";q=1e309",
          ";q=0." + "0".repeat(400),
          ";q=-0",
          "\"",
          "\\",
          ",",
          ";",
          ":",
          " ",
          "\t",
          "\u00ff",
          "\u00e9",
          "#",
          "?",
          "/../",
          "//",
          "\r\n\r\n",
          "\r\nContent-Length: 99999999999999999999\r\n",
          "\r\nContent-Length: 9223372036854775807\r\n",
          "\r\nContent-Length: -1\r\n",
          "\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
          "\r\nTransfer-Encoding: gzip\r\n",
          "\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n",
          "\r\nExpect: 100-continue\r\n",
          "\r\n Folded: line\r\n",
          "HTTP/9.9",
          "mailto:x");

  private static final List<String> LINE_ENDS = List.of("\n", "\r", "\n\r", "\r\r\n", "\r\n ", "");

  private final Random random;
  private byte[] bytes;

  private RequestDamage(final long seed) {
    this.random = new Random(seed);
  }

  /** Bytes that once were a request. */
  public static byte[] request(final long seed) {
    return new RequestDamage(seed).damaged(REQUESTS);
  }

  /** What once was the value of an {@code Accept} or {@code Accept-Encoding} header. */
  public static String accept(final long seed) {
    return text(new RequestDamage(seed).damaged(ACCEPTS));
  }

  /** What once was a query of metric names. */
  public static String query(final long seed) {
    return text(new RequestDamage(seed).damaged(QUERIES));
  }

  private static String text(final byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(final String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private byte[] damaged(final List<String> whole) {
    bytes = bytes(pick(whole));
    final int wounds = 1 + random.nextInt(MAX_WOUNDS);
    for (int i = 0; i < wounds; i++) {
      wound(whole);
      bytes = Arrays.copyOf(bytes, Math.min(bytes.length, MAX_LENGTH));
    }
    return bytes;
  }

  private void wound(final List<String> whole) {
    final int from = random.nextInt(bytes.length + 1);
    final int to = from + random.nextInt(Math.min(bytes.length - from, 40) + 1);
    final byte[] piece = Arrays.copyOfRange(bytes, from, to);
    switch (random.nextInt(10)) {
      case 0 -> flip(from);
      case 1 -> bytes = Arrays.copyOf(bytes, from);
      case 2 -> replace(from, to, new byte[0]);
      case 3 -> replace(to, to, repeated(piece));
      case 4, 5 -> replace(from, from, bytes(pick(NASTY)));
      case 6 -> splice(from, bytes(pick(whole)));
      case 7 -> replaceOne("\r\n", pick(LINE_ENDS));
      case 8 -> replaceOne("1", "9".repeat(1 + random.nextInt(400)));
      default -> replace(from, to, percentEncoded(piece));
    }
  }

  private void flip(final int at) {
    if (at < bytes.length) {
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
  }

  /** A few times, or as often as there is room. */
  private byte[] repeated(final byte[] piece) {
    final int times =
        random.nextInt(4) == 0 ? MAX_LENGTH / Math.max(1, piece.length) : 1 + random.nextInt(8);
    return bytes(text(piece).repeat(times));
  }

  /** Goes on with the end of another one. */
  private void splice(final int from, final byte[] other) {
    final int at = random.nextInt(other.length);
    replace(from, bytes.length, Arrays.copyOfRange(other, at, other.length));
  }

  private void replaceOne(final String what, final String by) {
    final String text = text(bytes);
    final int at = text.indexOf(what, random.nextInt(bytes.length + 1));
    if (at >= 0) {
      replace(at, at + what.length(), bytes(by));
    }
  }

  private static byte[] percentEncoded(final byte[] piece) {
    final StringBuilder encoded = new StringBuilder();
    for (final byte b : piece) {
      encoded.append(String.format("%%%02X", b & 0xff));
    }
    return bytes(encoded.toString());
  }

  private void replace(final int from, final int to, final byte[] by) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.write(by, 0, by.length);
    out.write(bytes, to, bytes.length - to);
    bytes = out.toByteArray();
  }

  private String pick(final List<String> all) {
    return all.get(random.nextInt(all.size()));
  }
}
