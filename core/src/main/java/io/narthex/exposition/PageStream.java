package io.narthex.exposition;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The body of a response. A small page is held until it is whole, and is sent with its length; the
 * head of the response waits for that, so that a scrape that fails early can still be answered with
 * an error. A page that grows larger goes to the client as it is written.
 */
final class PageStream extends OutputStream {
  private static final int MAX_HELD = 64 * 1024;

  private final HttpExchange exchange;
  private final Patience patience;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(1024);
  private OutputStream body;

  PageStream(final HttpExchange exchange, final Patience patience) {
    this.exchange = exchange;
    this.patience = patience;
  }

  /** Whether the client may have seen a part of the page. */
  boolean isStarted() {
    return body != null;
  }

  @Override
  public void write(final int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(final byte[] bytes, final int offset, final int length) throws IOException {
    if (body == null && held.size() + length <= MAX_HELD) {
      held.write(bytes, offset, length);
      return;
    }
    patience.waiting();
    try {
      if (body == null) {
        // Chunked, for the length is not known.
        start(0);
      }
      body.write(bytes, offset, length);
    } finally {
      patience.working();
    }
  }

  /** Does nothing: there is no hurry with half a page. */
  @Override
  public void flush() {}

  /** Sends what is held and ends the page as whole. Not in {@code close}, which means less. */
  void finish() throws IOException {
    patience.waiting();
    try {
      if (body == null) {
        // -1 stands for a length of 0.
        start(held.size() == 0 ? -1 : held.size());
      }
      body.close();
    } finally {
      patience.working();
    }
  }

  private void start(final long length) throws IOException {
    body = exchange.getResponseBody();
    exchange.sendResponseHeaders(200, length);
    if (length >= 0) {
      held.writeTo(body);
    }
    held.reset();
  }
}
