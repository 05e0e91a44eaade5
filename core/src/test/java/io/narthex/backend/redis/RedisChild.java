package io.narthex.backend.redis;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Info;
import io.narthex.MetricRegistry;
import io.narthex.backend.Seen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Another process, which counts as it is told to, and may be stopped and killed. */
final class RedisChild implements AutoCloseable {
  private final Process process;
  private final InputStream said;

  private RedisChild(final Process process) {
    this.process = process;
    this.said = process.getInputStream();
  }

  static RedisChild start(final URI uri, final Duration flush, final Duration expiry) {
    try {
      return new RedisChild(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-XX:-UsePerfData",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  uri.toString(),
                  flush.toString(),
                  expiry.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /**
   * Has it do something, and waits until it did: {@code gauge NAME MODE VALUE}, {@code info NAME},
   * {@code count NAME TIMES}, {@code flush} or {@code close}.
   */
  RedisChild tell(final String command) {
    try {
      process.getOutputStream().write((command + '\n').getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
      Meters.await("it did " + command, this::hasAnswered);
      if (said.read() != '.') {
        throw new AssertionError("it could not " + command);
      }
      return this;
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean hasAnswered() {
    try {
      return said.available() > 0 || !process.isAlive();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
  }

  private void signal(final String name) {
    try {
      final int code =
          new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
      if (code != 0) {
        throw new AssertionError("kill -" + name + " ended with " + code);
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends it without a chance to say goodbye, also while it stands still. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the child did not end");
      }
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The child. */
  static final class Main {
    private Main() {}

    public static void main(final String[] args) throws IOException {
      final RedisBackend backend =
          RedisBackend.builder(URI.create(args[0]))
              .flushInterval(Duration.parse(args[1]))
              .expireKeyTime(Duration.parse(args[2]))
              .timeout(Duration.ofSeconds(10))
              .connect();
      final MetricRegistry registry = MetricRegistry.create(backend);
      final BufferedReader commands =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        follow(line.split(" ", -1), registry, backend);
        System.out.write('.');
        System.out.flush();
      }
    }

    private static void follow(
        final String[] words, final MetricRegistry registry, final RedisBackend backend) {
      switch (words[0]) {
        case "gauge" ->
            Gauge.builder(words[1])
                .mode(GaugeMode.valueOf(words[2]))
                .register(registry)
                .set(Double.parseDouble(words[3]));
        case "info" -> Info.builder(words[1]).register(registry).set();
        case "count" -> {
          final Counter counter = Counter.builder(words[1]).register(registry);
          for (int i = Integer.parseInt(words[2]); i > 0; i--) {
            counter.inc();
          }
        }
        case "flush" -> {
          Seen.of(backend);
          Meters.await("arrived", () -> Meters.of(backend).get("redis_pending_series") == 0);
        }
        case "close" -> registry.close();
        default -> throw new IllegalArgumentException(words[0]);
      }
    }
  }
}
