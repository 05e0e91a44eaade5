package io.narthex.tools.serve;

import io.narthex.MetricRegistry;
import io.narthex.exposition.MetricsServer;
import io.narthex.tools.StopSignal;
import io.narthex.tools.web.WebPage;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Serves files until it is told to stop. */
final class Sidecar {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final List<Path> arguments;
  private final InetSocketAddress address;
  private final Notes notes;
  private final StopSignal stop;

  Sidecar(
      final List<Path> arguments,
      final InetSocketAddress address,
      final Notes notes,
      final StopSignal stop) {
    this.arguments = arguments;
    this.address = address;
    this.notes = notes;
    this.stop = stop;
  }

  /**
   * Runs until it is asked to stop, or nobody reads its output any more.
   *
   * @throws io.narthex.NarthexException if there is nothing to serve, or it cannot be served there
   */
  void run() {
    try (Sources sources = new Sources(arguments, notes);
        ServeMeters meters = new ServeMeters();
        MetricRegistry registry = MetricRegistry.create(new SourcesBackend(sources, meters))) {
      sources.open();
      final WebPage page = new WebPage(registry, sources);
      try (MetricsServer server =
          MetricsServer.start(
              registry, address, own -> page.around(new MeteredHandler(own, meters)))) {
        final String url = "http://" + host() + ':' + server.port();
        sources.tell();
        notes.say("metrics: " + url + "/metrics");
        notes.say("page: " + url + "/");
        notes.say("stop: Ctrl-C");
        while (!stop.await(LOOK) && !notes.isBroken()) {
          sources.refresh();
        }
      }
    }
  }

  private String host() {
    final String host = address.getHostString();
    return host.indexOf(':') < 0 ? host : '[' + host + ']';
  }
}
