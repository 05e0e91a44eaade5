package io.narthex.backend.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/**
 * A real Redis server, or the one that {@code NARTHEX_TEST_REDIS} names, which is then emptied for
 * each test.
 */
final class RedisProcesses implements AutoCloseable {
  private static final String OTHER = System.getenv("NARTHEX_TEST_REDIS");

  private final RedisServer server;
  private final URI uri;

  private RedisProcesses(final RedisServer server, final URI uri) {
    this.server = server;
    this.uri = uri;
  }

  static RedisProcesses start(final String... settings) {
    if (OTHER != null && settings.length == 0) {
      return new RedisProcesses(null, URI.create(OTHER));
    }
    final int port = freePort();
    try {
      final RedisServerBuilder builder =
          RedisServer.newRedisServer()
              .port(port)
              .bind("127.0.0.1")
              .setting("save \"\"")
              .setting("dir " + System.getProperty("java.io.tmpdir"));
      for (final String setting : settings) {
        builder.setting(setting);
      }
      final RedisServer server = builder.build();
      server.start();
      return new RedisProcesses(server, URI.create("redis://127.0.0.1:" + port));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return uri;
  }

  /** A client of the test's own. */
  Jedis client() {
    return new Jedis(uri);
  }

  void empty() {
    try (Jedis client = client()) {
      client.flushAll();
    }
  }

  @Override
  public void close() {
    if (server != null) {
      try {
        server.stop();
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Settings of a server that writes down what it did, as production servers do. */
  static List<String> appendOnly(final String directory) {
    return List.of("appendonly yes", "appendfsync always", "dir " + directory);
  }
}
