package io.narthex.backend.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;
import redis.embedded.RedisShardedCluster;

/** A real cluster of three masters. */
final class RedisClusterProcesses implements AutoCloseable {
  private static final int MASTERS = 3;

  /** A node listens for the others at its port and this. */
  private static final int BUS = 10_000;

  private final RedisShardedCluster cluster;

  private RedisClusterProcesses(final RedisShardedCluster cluster) {
    this.cluster = cluster;
  }

  static RedisClusterProcesses start() {
    final Integer[] ports = new Integer[MASTERS];
    Arrays.setAll(ports, i -> portWithBus());
    try {
      final RedisShardedCluster cluster =
          RedisShardedCluster.newRedisCluster()
              .withServerBuilder(
                  RedisServer.newRedisServer()
                      .bind("127.0.0.1")
                      .setting("save \"\"")
                      .setting("dir " + System.getProperty("java.io.tmpdir")))
              .serverPorts(List.of(ports))
              .initializationTimeout(Duration.ofSeconds(30))
              .shard("one", 0)
              .shard("two", 0)
              .shard("three", 0)
              .build();
      cluster.start();
      final RedisClusterProcesses started = new RedisClusterProcesses(cluster);
      started.awaitAgreement();
      return started;
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each node has to hear of the others before it takes its part of the keys. */
  private void awaitAgreement() {
    final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    for (final int port : cluster.serverPorts()) {
      try (Jedis client = new Jedis("127.0.0.1", port)) {
        while (!client.clusterInfo().contains("cluster_state:ok")) {
          if (System.nanoTime() > deadline) {
            close();
            throw new AssertionError("no cluster after 30 s: " + client.clusterInfo());
          }
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
      }
    }
  }

  private static int portWithBus() {
    while (true) {
      final int port = RedisProcesses.freePort();
      if (port + BUS <= 65_535) {
        return port;
      }
    }
  }

  URI uri() {
    return URI.create("redis://127.0.0.1:" + cluster.serverPorts().get(0));
  }

  void empty() {
    for (final int port : cluster.serverPorts()) {
      try (Jedis client = new Jedis("127.0.0.1", port)) {
        client.flushAll();
      }
    }
  }

  @Override
  public void close() {
    try {
      cluster.stop();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
