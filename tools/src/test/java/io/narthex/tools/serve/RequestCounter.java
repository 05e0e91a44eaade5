package io.narthex.tools.serve;

import com.sun.net.httpserver.HttpServer;
import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** A service that counts each request before it answers it. {@code main} prints its port. */
final class RequestCounter {
  private RequestCounter() {}

  public static void main(final String... args) throws IOException {
    final MetricRegistry registry = MetricRegistry.create(MappedBackend.open(Path.of(args[0])));
    final Counter served =
        Counter.builder("served_total").help("Requests.").labelNames("path").register(registry);
    served.labelValues("/orders");
    final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext(
        "/",
        exchange -> {
          served.labelValues(exchange.getRequestURI().getPath()).inc();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    System.out.println("port " + server.getAddress().getPort());
    // Ends in good order by a signal, or when its parent is gone.
    while (System.in.read() >= 0) {
      // On.
    }
    System.exit(0);
  }
}
