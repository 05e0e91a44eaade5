package io.narthex.tools.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Measures the scrapes that go through it. */
final class MeteredHandler implements HttpHandler {
  private static final String METRICS = "/metrics";

  private final HttpHandler handler;
  private final ServeMeters meters;

  MeteredHandler(final HttpHandler handler, final ServeMeters meters) {
    this.handler = handler;
    this.meters = meters;
  }

  @Override
  public void handle(final HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")
        || !exchange.getRequestURI().getPath().equals(METRICS)) {
      handler.handle(exchange);
      return;
    }
    final long start = System.nanoTime();
    final Counted body = new Counted(exchange.getResponseBody());
    exchange.setStreams(null, body);
    try {
      handler.handle(exchange);
    } finally {
      meters.duration.observe((System.nanoTime() - start) / 1e9);
      meters.bytes.inc((double) body.count);
    }
  }

  /** Counts what was written; for one thread. */
  private static final class Counted extends FilterOutputStream {
    private long count;

    Counted(final OutputStream out) {
      super(out);
    }

    @Override
    public void write(final int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
