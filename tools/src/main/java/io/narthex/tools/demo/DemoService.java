package io.narthex.tools.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A small order service over HTTP, as somebody would write it who embeds Narthex. Each request is
 * counted before it is answered, so that an answer which a client has seen is in the file, whatever
 * becomes of this process.
 */
final class DemoService implements AutoCloseable {
  private static final int THREADS = 8;
  private static final double MEDIAN_MILLIS = 0.8;
  private static final double SPREAD = 0.6;
  private static final int ONE_IN_SLOW = 60;
  private static final int ONE_IN_BROKEN = 200;

  private final DemoMetrics metrics;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final HttpServer server;

  DemoService(final DemoMetrics metrics) throws IOException {
    this.metrics = metrics;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(final HttpExchange exchange) throws IOException {
    final long start = System.nanoTime();
    metrics.inFlight.trackInProgress(
        () -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            final int status =
                work(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
            metrics
                .requests
                .labels(
                    DemoMetrics.METHOD,
                    exchange.getRequestMethod(),
                    DemoMetrics.STATUS,
                    Integer.toString(status))
                .inc();
            metrics.duration.observe((System.nanoTime() - start) / 1e9);
            answer(exchange, status);
          }
        });
  }

  /** Takes a time that looks like a service's, and no processor: two cores are all there may be. */
  private static int work(final String method, final String path) {
    final ThreadLocalRandom random = ThreadLocalRandom.current();
    final double slowness = random.nextInt(ONE_IN_SLOW) == 0 ? 10 : 1;
    final double millis = MEDIAN_MILLIS * Math.exp(SPREAD * random.nextGaussian()) * slowness;
    LockSupport.parkNanos((long) (millis * TimeUnit.MILLISECONDS.toNanos(1)));
    if (random.nextInt(ONE_IN_BROKEN) == 0) {
      return 500;
    }
    if (!path.equals("/orders") && !path.matches("/orders/\\d+")) {
      return 404;
    }
    return method.equals("POST") ? 201 : 200;
  }

  private static void answer(final HttpExchange exchange, final int status) throws IOException {
    final byte[] body = ("status " + status + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
