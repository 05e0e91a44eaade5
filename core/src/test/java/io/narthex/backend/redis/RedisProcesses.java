package io.narthex.backend.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/**
 * A real Redis server, or the one that {@code NARTHEX_TEST_REDIS} names, which is then emptied for
 * each test.
 */
public final class RedisProcesses implements AutoCloseable {
  private static final String OTHER = System.getenv("NARTHEX_TEST_REDIS");

  private final URI uri;
  private final List<String> settings;
  private RedisServer server;
  private RedisLeash leash;

  private RedisProcesses(final URI uri, final List<String> settings) {
    this.uri = uri;
    this.settings = settings;
  }

  static RedisProcesses start(final String... settings) {
    return OTHER != null && settings.length == 0
        ? new RedisProcesses(URI.create(OTHER), List.of())
        : startOwn(settings);
  }

  /** A server that the test may stop, kill and reconfigure. */
  public static RedisProcesses startOwn(final String... settings) {
    final RedisProcesses one = absent(settings);
    one.restart();
    return one;
  }

  /** A server that is not started yet. */
  static RedisProcesses absent(final String... settings) {
    return new RedisProcesses(
        URI.create("redis://127.0.0.1:" + freePort()), new ArrayList<>(List.of(settings)));
  }

  /** Starts the server where it was, on its port and with its data directory. */
  void restart() {
    try {
      final RedisServerBuilder builder =
          RedisServer.newRedisServer()
              .port(uri.getPort())
              .bind("127.0.0.1")
              .setting("save \"\"")
              .setting("dir " + System.getProperty("java.io.tmpdir"));
      for (final String setting : settings) {
        builder.setting(setting);
      }
      server = builder.build();
      server.start();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    letGo();
    try (Jedis client = client()) {
      leash = RedisLeash.on(client);
    }
  }

  private void letGo() {
    if (leash != null) {
      leash.close();
      leash = null;
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public URI uri() {
    return uri;
  }

  /** A client of the test's own. */
  public Jedis client() {
    return new Jedis(uri);
  }

  /** Takes everything out of it. */
  public void empty() {
    try (Jedis client = client()) {
      client.flushAll();
    }
  }

  /** Lets the server stand still: it accepts connections and does not answer. */
  void freeze() {
    signal("STOP", leash.pid());
  }

  void thaw() {
    signal("CONT", leash.pid());
  }

  /** Ends the server without a chance to say goodbye. */
  void kill() {
    final ProcessHandle process = ProcessHandle.of(leash.pid()).orElseThrow();
    process.destroyForcibly();
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
      server.stop();
      letGo();
    } catch (final Exception e) {
      throw new AssertionError("the server did not end", e);
    }
  }

  private static void signal(final String name, final long pid) {
    try {
      final int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
      if (code != 0) {
        throw new AssertionError("kill -" + name + ' ' + pid + " ended with " + code);
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      if (leash != null && ProcessHandle.of(leash.pid()).isPresent()) {
        thaw(); // one that stands still does not hear that it is to end
      }
      try {
        server.stop();
        letGo();
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Settings of a server that writes down what it did, as production servers do. */
  static String[] appendOnly(final String directory) {
    return new String[] {"appendonly yes", "appendfsync always", "dir " + directory};
  }
}
