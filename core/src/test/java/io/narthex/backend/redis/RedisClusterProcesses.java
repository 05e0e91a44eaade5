package io.narthex.backend.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import redis.embedded.RedisServer;
import redis.embedded.RedisShardedCluster;

/** A real cluster of three masters. */
final class RedisClusterProcesses implements AutoCloseable {
  private static final int MASTERS = 3;

  /** A node listens for the others at its port and this. */
  private static final int BUS = 10_000;

  private final RedisShardedCluster cluster;
  private final List<RedisLeash> leashes = new ArrayList<>();

  /** Of the nodes, which write down there who is in the cluster. */
  private final Path directory;

  private RedisClusterProcesses(final RedisShardedCluster cluster, final Path directory) {
    this.cluster = cluster;
    this.directory = directory;
  }

  static RedisClusterProcesses start() {
    final Integer[] ports = new Integer[MASTERS];
    Arrays.setAll(ports, i -> portWithBus());
    try {
      final Path directory = Files.createTempDirectory("narthex-redis");
      final RedisShardedCluster cluster =
          RedisShardedCluster.newRedisCluster()
              .withServerBuilder(
                  RedisServer.newRedisServer()
                      .bind("127.0.0.1")
                      .setting("save \"\"")
                      .setting("dir " + directory))
              .serverPorts(List.of(ports))
              .initializationTimeout(Duration.ofSeconds(30))
              .shard("one", 0)
              .shard("two", 0)
              .shard("three", 0)
              .build();
      cluster.start();
      final RedisClusterProcesses started = new RedisClusterProcesses(cluster, directory);
      started.leash();
      started.awaitAgreement();
      return started;
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void leash() {
    for (final int port : cluster.serverPorts()) {
      try (Jedis client = new Jedis("127.0.0.1", port)) {
        leashes.add(RedisLeash.on(client));
      }
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

  /** Cuts the connections of all clients, whatever they are about. */
  void killClients() {
    for (final int port : cluster.serverPorts()) {
      try (Jedis client = new Jedis("127.0.0.1", port)) {
        client.clientKill(
            new ClientKillParams().type(ClientType.NORMAL).skipMe(ClientKillParams.SkipMe.YES));
      }
    }
  }

  @Override
  public void close() {
    try {
      cluster.stop();
      leashes.forEach(RedisLeash::close);
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
