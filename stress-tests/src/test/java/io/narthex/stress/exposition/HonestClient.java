package io.narthex.stress.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.Page;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * A scraper as it should be, that holds each page to what is known of it: all series are there,
 * buckets grow up to their count, and nothing is less than it was on the page before.
 */
final class HonestClient {
  private final InetSocketAddress target;
  private final int series;
  private Page before;
  private int whole;
  private int refused;

  HonestClient(final int port, final int series) {
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.series = series;
  }

  /** How many pages it got. */
  int whole() {
    return whole;
  }

  /** The last page that it got. */
  Page last() {
    return before;
  }

  /** How often its connection was closed before there was an answer. */
  int refused() {
    return refused;
  }

  /**
   * Scrapes once, every other time compressed.
   *
   * @return false if the server closed the connection rather than answer, as it may where too many
   *     wait already; a page that is broken off or wrong is an error
   */
  boolean scrape() throws IOException {
    final boolean gzip = (whole & 1) == 1;
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (Socket socket = new Socket()) {
      socket.setSoTimeout((int) ServingChild.GUARD.toMillis());
      socket.connect(target, (int) ServingChild.GUARD.toMillis());
      final int status = request(socket, gzip, body);
      if (status == 0) {
        refused++;
        return false;
      }
      assertThat(status).isEqualTo(200);
    }
    check(Page.parse(text(body.toByteArray(), gzip)));
    whole++;
    return true;
  }

  private static int request(
      final Socket socket, final boolean gzip, final ByteArrayOutputStream body)
      throws IOException {
    final String request =
        "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + (gzip ? "Accept-Encoding: gzip\r\n\r\n" : "\r\n");
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new Answers(socket.getInputStream()).next(body);
    } catch (final EOFException | SocketException e) {
      if (body.size() > 0) {
        throw e;
      }
      return 0;
    }
  }

  private static String text(final byte[] body, final boolean gzip) throws IOException {
    if (!gzip) {
      return new String(body, StandardCharsets.UTF_8);
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void check(final Page page) {
    final int histograms = WrittenSeries.histograms(series);
    assertThat(page.count(WrittenSeries.COUNTED)).isEqualTo(WrittenSeries.counters(series));
    assertThat(page.count(WrittenSeries.OBSERVED + "_sum")).isEqualTo(histograms);
    assertThat(page.count(WrittenSeries.OBSERVED + "_bucket"))
        .isEqualTo(histograms * WrittenSeries.BUCKETS);
    for (int i = 0; i < histograms; i++) {
      checkBuckets(page, "{path=\"/orders/" + i + "\"");
    }
    if (before != null) {
      before
          .samples()
          .forEach(
              (sample, value) -> {
                if (sample.startsWith("storm_")) {
                  assertThat(page.value(sample)).as(sample).isGreaterThanOrEqualTo(value);
                }
              });
    }
    before = page;
  }

  private static void checkBuckets(final Page page, final String labels) {
    double last = 0;
    for (int bound = 1; bound <= WrittenSeries.BUCKETS; bound++) {
      final String le = bound == WrittenSeries.BUCKETS ? "+Inf" : bound + ".0";
      final String sample = WrittenSeries.OBSERVED + "_bucket" + labels + ",le=\"" + le + "\"}";
      assertThat(page.value(sample)).as(sample).isGreaterThanOrEqualTo(last);
      last = page.value(sample);
    }
    assertThat(page.value(WrittenSeries.OBSERVED + "_count" + labels + "}")).isEqualTo(last);
  }
}
