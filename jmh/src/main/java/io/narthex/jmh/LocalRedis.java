package io.narthex.jmh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import redis.embedded.RedisServer;

/** A server of the benchmark's own, on loopback, that writes nothing to disk. */
public final class LocalRedis implements AutoCloseable {
  private final RedisServer server;
  private final URI uri;

  private LocalRedis(final RedisServer server, final URI uri) {
    this.server = server;
    this.uri = uri;
  }

  /** Starts it on a free port. */
  public static LocalRedis start() throws IOException {
    final int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    final RedisServer server =
        RedisServer.newRedisServer()
            .port(port)
            .bind("127.0.0.1")
            .setting("save \"\"")
            .setting("dir " + System.getProperty("java.io.tmpdir"))
            .build();
    server.start();
    return new LocalRedis(server, URI.create("redis://127.0.0.1:" + port));
  }

  /** Its address. */
  public URI uri() {
    return uri;
  }

  /** Ends it. */
  @Override
  public void close() throws IOException {
    server.stop();
  }
}
