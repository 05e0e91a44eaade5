package io.narthex.exposition;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * A small HTTP server for scrapes: {@code /metrics} in the format and encoding that the client asks
 * for, filtered by its {@code name[]} parameters if it has some, and {@code /-/healthy}.
 *
 * <p>A scrape that fails is answered with status 500, or, if a part of the page has been sent, by
 * closing the connection. A client that does not read is cut off after ten seconds, or after one
 * while others wait. The server's threads are daemons: it keeps no process alive.
 */
public final class MetricsServer implements AutoCloseable {
  private static final int MAX_PORT = 65_535;

  private static final String INDEX =
      "<!DOCTYPE html><html lang=\"en\"><head><title>Narthex</title></head>"
          + "<body><h1>Narthex</h1><p><a href=\"/metrics\">Metrics</a></p></body></html>\n";

  private final HttpServer server;
  private final ScrapeThreads threads;
  private final InetSocketAddress address;
  private final AtomicBoolean closed = new AtomicBoolean();

  private MetricsServer(final HttpServer server, final HttpHandler handler) {
    this.server = server;
    this.address = server.getAddress();
    this.threads = new ScrapeThreads();
    server.setExecutor(threads);
    server.createContext("/", handler);
    startFromDaemon(server);
  }

  /**
   * A handler for scrapes, to be put into an HTTP server of one's own at any path. Such a server
   * should have an executor of several threads and time-outs.
   *
   * @param registry what to export
   * @return a handler, for use by any number of threads
   */
  public static HttpHandler handler(final MetricRegistry registry) {
    return new ScrapeHandler(Objects.requireNonNull(registry, "registry"), () -> Patience.ENDLESS);
  }

  /**
   * Starts a server that only this host reaches: it listens on the loopback address.
   *
   * @param registry what to export; closing the server does not close it
   * @param port the port, or 0 for any free one
   * @return the running server
   * @throws IllegalArgumentException if the port is not from 0 to 65535
   * @throws NarthexException if the port is in use or may not be used
   */
  public static MetricsServer start(final MetricRegistry registry, final int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port + " is not from 0 to " + MAX_PORT);
    }
    return start(registry, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /**
   * Starts a server.
   *
   * @param registry what to export; closing the server does not close it
   * @param address the address to listen on, with port 0 for any free port
   * @return the running server
   * @throws NarthexException if the host is unknown or not this one, or if the port is in use or
   *     may not be used
   */
  public static MetricsServer start(
      final MetricRegistry registry, final InetSocketAddress address) {
    return start(registry, address, own -> own);
  }

  /**
   * Starts a server that answers more than scrapes. What is put around its own handler runs on its
   * threads, where a client's patience holds too: an answer that takes longer than ten seconds is
   * cut off.
   *
   * @param registry what to export; closing the server does not close it
   * @param address the address to listen on, with port 0 for any free port
   * @param around given the server's own handler, returns the one that is asked in its place: for
   *     other paths, or to measure
   * @return the running server
   * @throws NarthexException if the host is unknown or not this one, or if the port is in use or
   *     may not be used
   */
  public static MetricsServer start(
      final MetricRegistry registry,
      final InetSocketAddress address,
      final UnaryOperator<HttpHandler> around) {
    Objects.requireNonNull(registry, "registry");
    Objects.requireNonNull(address, "address");
    final HttpHandler metrics = new ScrapeHandler(registry, ScrapeThreads::patience);
    final HttpHandler handler =
        Objects.requireNonNull(around.apply(exchange -> route(exchange, metrics)), "handler");
    if (address.isUnresolved()) {
      throw new NarthexException(
          "cannot serve metrics on " + address.getHostString() + ": this host is unknown");
    }
    try {
      return new MetricsServer(HttpServer.create(address, 0), handler);
    } catch (final IOException e) {
      throw new NarthexException(refusal(address, e), e);
    }
  }

  /**
   * The port that the server listens on.
   *
   * @return the port, never 0
   */
  public int port() {
    return address.getPort();
  }

  /**
   * Closes all connections, also those in the middle of a scrape, and ends the server's threads.
   * Closing twice does nothing.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.stop(0);
      threads.close();
    }
  }

  /** Where the server listens, for logs. */
  @Override
  public String toString() {
    return "metrics on " + address;
  }

  private static void route(final HttpExchange exchange, final HttpHandler metrics)
      throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/metrics" -> metrics.handle(exchange);
      case "/-/healthy" -> answer(exchange, "text/plain; charset=utf-8", "Healthy.\n");
      case "/" -> answer(exchange, "text/html; charset=utf-8", INDEX);
      default -> Responses.send(exchange, 404, "There is nothing here. Metrics are at /metrics.\n");
    }
  }

  private static void answer(
      final HttpExchange exchange, final String contentType, final String text) throws IOException {
    if (!Responses.refuseMethod(exchange)) {
      Responses.send(exchange, 200, contentType, text);
    }
  }

  private static String refusal(final InetSocketAddress address, final IOException e) {
    final String where =
        "port " + address.getPort() + " on " + address.getAddress().getHostAddress();
    // There is no other way to tell it from an address that is not this host's.
    if (e instanceof BindException && String.valueOf(e.getMessage()).contains("in use")) {
      return where + " is in use: choose another one, or 0 for any that is free";
    }
    return "cannot serve metrics on " + where + ": " + e.getMessage();
  }

  /** The JDK's dispatcher thread is a daemon if the thread that starts it is one. */
  private static void startFromDaemon(final HttpServer server) {
    final Thread starter = new Thread(server::start, "narthex-metrics-start");
    starter.setDaemon(true);
    starter.start();
    boolean interrupted = false;
    while (true) {
      try {
        starter.join();
        break;
      } catch (final InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
