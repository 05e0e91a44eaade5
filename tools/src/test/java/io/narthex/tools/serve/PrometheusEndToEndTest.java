package io.narthex.tools.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.narthex.tools.Main;
import io.narthex.tools.process.ChildProcess;
import io.narthex.tools.process.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes the sidecar, while clients send requests to a service that is restarted
 * and killed in between: what Prometheus says was served is what the clients have seen answered.
 */
@Timeout(120)
final class PrometheusEndToEndTest {
  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
  private static final int CLIENTS = 4;
  private static final int REQUESTS = 500;
  private static final String SERVED = "served_total{path=\"/orders\"}";

  @TempDir private Path directory;

  /** Requests that were answered. */
  private final AtomicLong answered = new AtomicLong();

  /** Requests whose answer never came, as the service was killed: counted, or not. */
  private final AtomicLong cutOff = new AtomicLong();

  private int port;

  @Test
  void shouldTellPrometheusWhatClientsSentThroughRestartsAndKills() throws Exception {
    if (!Files.isExecutable(PROMETHEUS)) {
      final String reason = PROMETHEUS + " is not installed; Debian has it as prometheus";
      System.out.println("Skipped: " + reason);
      abort(reason);
    }
    final String file = directory.resolve("service.nx").toString();
    ChildProcess service = ChildProcess.java(RequestCounter.class, file);
    try {
      int servicePort = portOf(service);
      try (ChildProcess sidecar = ChildProcess.java(Main.class, "serve", file, "--port=0");
          ChildProcess prometheus = prometheus(sidecar.awaitLine("metrics: "))) {
        // From nothing: the first scrape has to come before the first request.
        awaitValue(SERVED, 0);

        send(servicePort, REQUESTS);
        service.signal("TERM");
        service.exitCode();
        service = ChildProcess.java(RequestCounter.class, file);
        servicePort = portOf(service);

        // Killed at once after the last answer: what was answered is counted.
        send(servicePort, REQUESTS);
        service.kill();
        final long exact = answered.get();
        assertThat(cutOff).hasValue(0);
        awaitValue(SERVED, (double) exact);
        assertThat(exact).isEqualTo(2L * CLIENTS * REQUESTS);
        assertThat(value("max_over_time(" + SERVED + "[1h]) - min_over_time(" + SERVED + "[1h])"))
            .isEqualTo((double) exact);

        // Killed in the middle of requests.
        service = ChildProcess.java(RequestCounter.class, file);
        servicePort = portOf(service);
        final List<Thread> clients = clients(servicePort, Integer.MAX_VALUE);
        final long before = answered.get();
        while (answered.get() < before + REQUESTS) {
          Thread.sleep(1);
        }
        service.kill();
        join(clients);
        assertThat(cutOff.get()).isBetween(0L, (long) CLIENTS);

        // The dead one's counts are served on, and a last one goes on with them.
        service = ChildProcess.java(RequestCounter.class, file);
        send(portOf(service), REQUESTS);
        final double served =
            Double.parseDouble(
                Page.get(sidecar.awaitLine("metrics: "))
                    .lines()
                    .filter(line -> line.startsWith(SERVED))
                    .findFirst()
                    .orElseThrow()
                    .substring(SERVED.length() + 1));
        assertThat(served)
            .isBetween((double) answered.get(), (double) (answered.get() + cutOff.get()));
        awaitValue(SERVED, served);
        assertThat(value("max_over_time(" + SERVED + "[1h]) - min_over_time(" + SERVED + "[1h])"))
            .isEqualTo(served);
        assertThat(value("resets(" + SERVED + "[1h])")).isZero();
        // At the time of a sample, and from zero on, there is nothing that increase() estimates.
        final double last = value("timestamp(" + SERVED + ")");
        assertThat(value("increase(" + SERVED + "[1h])", last)).isCloseTo(served, offset(1e-6));
        assertThat(value("narthex_serve_scrape_duration_seconds_count")).isPositive();
        sidecar.signal("TERM");
        assertThat(sidecar.exitCode()).isZero();
        assertThat(prometheus.isAlive()).isTrue();
      }
    } finally {
      service.close();
    }
  }

  private static int portOf(final ChildProcess service) throws InterruptedException {
    return Integer.parseInt(service.awaitLine("port "));
  }

  /** Sends so many requests by each client, and waits for the last answer. */
  private void send(final int to, final int requests) throws InterruptedException {
    join(clients(to, requests));
  }

  private static void join(final List<Thread> clients) throws InterruptedException {
    for (final Thread client : clients) {
      client.join(TimeUnit.SECONDS.toMillis(60));
      assertThat(client.isAlive()).isFalse();
    }
  }

  private List<Thread> clients(final int to, final int requests) {
    final List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      final Thread client = new Thread(() -> request(to, requests), "client-" + i);
      client.setDaemon(true);
      client.start();
      clients.add(client);
    }
    return clients;
  }

  /** One request after the other over one connection, until they are all sent or it is cut. */
  private void request(final int to, final int requests) {
    final byte[] request =
        "GET /orders HTTP/1.1\r\nHost: service\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), to)) {
      socket.setTcpNoDelay(true);
      final InputStream in = socket.getInputStream();
      final OutputStream out = socket.getOutputStream();
      for (int i = 0; i < requests; i++) {
        try {
          out.write(request);
        } catch (final IOException e) {
          return; // the service is gone: it has not had this one whole
        }
        if (!readAnswer(in)) {
          cutOff.incrementAndGet();
          return;
        }
        answered.incrementAndGet();
      }
    } catch (final IOException e) {
      // The service is gone.
    }
  }

  /** Reads a head without a body; false if it does not come whole. */
  private static boolean readAnswer(final InputStream in) {
    try {
      int newlines = 0;
      while (newlines < 2) {
        final int c = in.read();
        if (c < 0) {
          return false;
        }
        if (c == '\n') {
          newlines++;
        } else if (c != '\r') {
          newlines = 0;
        }
      }
      return true;
    } catch (final IOException e) {
      return false;
    }
  }

  private ChildProcess prometheus(final String metrics) throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    final Path configuration =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 200ms, scrape_timeout: 200ms}
            scrape_configs:
              - job_name: service
                static_configs: [{targets: ["%s"]}]
            """
                .formatted(metrics.replace("http://", "").replace("/metrics", "")));
    return ChildProcess.of(
        PROMETHEUS.toString(),
        "--config.file=" + configuration,
        "--storage.tsdb.path=" + directory.resolve("data"),
        "--web.listen-address=127.0.0.1:" + port);
  }

  /** Waits until Prometheus has scraped a value. The guard of this class limits for how long. */
  private void awaitValue(final String query, final double wanted) throws Exception {
    while (true) {
      try {
        if (value(query) == wanted) {
          return;
        }
      } catch (final IOException | JsonParseException | AssertionError e) {
        // Not up yet, or nothing scraped.
      }
      Thread.sleep(50);
    }
  }

  /** The one number that a query has for an answer now. */
  private double value(final String query) throws IOException, InterruptedException {
    return ask(query, "");
  }

  /** The one number that it has at a time, in seconds since the epoch. */
  private double value(final String query, final double seconds)
      throws IOException, InterruptedException {
    return ask(query, String.format(Locale.ROOT, "&time=%.3f", seconds));
  }

  private double ask(final String query, final String time)
      throws IOException, InterruptedException {
    final String url =
        "http://127.0.0.1:"
            + port
            + "/api/v1/query?query="
            + URLEncoder.encode(query, StandardCharsets.UTF_8)
            + time;
    final JsonObject answer = JsonParser.parseString(Page.get(url)).getAsJsonObject();
    assertThat(answer.get("status").getAsString()).as("%s", answer).isEqualTo("success");
    final JsonArray result = answer.getAsJsonObject("data").getAsJsonArray("result");
    assertThat(result).as(query).hasSize(1);
    return Double.parseDouble(
        result.get(0).getAsJsonObject().getAsJsonArray("value").get(1).getAsString());
  }
}
