package io.narthex.backend.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** A link by jedis, to one server or, where that says that it is one of many, to its cluster. */
final class JedisLink implements Link {
  private final UnifiedJedis client;
  private final boolean cluster;

  private JedisLink(final UnifiedJedis client, final boolean cluster) {
    this.client = client;
    this.cluster = cluster;
  }

  /**
   * Connects.
   *
   * @throws LinkException if there is no server, or it does not let us in
   */
  static JedisLink open(final RedisAddress address, final int timeoutMillis) throws LinkException {
    final JedisClientConfig config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .timeoutMillis(timeoutMillis)
            .user(address.user())
            .password(address.password())
            .database(address.database())
            .sslOptions(address.tls() ? SslOptions.defaults() : null)
            .clientName("narthex")
            .build();
    final HostAndPort node = new HostAndPort(address.host(), address.port());
    final UnifiedJedis single =
        RedisClient.builder()
            .hostAndPort(node)
            .clientConfig(config)
            .poolConfig(pool(timeoutMillis))
            .build();
    boolean kept = false;
    try {
      if (!isOfCluster(single)) {
        kept = true;
        return new JedisLink(single, false);
      }
      return new JedisLink(
          RedisClusterClient.builder()
              .nodes(Set.of(node))
              .clientConfig(config)
              .poolConfig(pool(timeoutMillis))
              .build(),
          true);
    } catch (final RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw new LinkException(rootMessage(e), e); // see send
    } finally {
      if (!kept) {
        single.close();
      }
    }
  }

  private static ConnectionPoolConfig pool(final int timeoutMillis) {
    final ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(16);
    pool.setMaxWait(Duration.ofMillis(timeoutMillis));
    pool.setJmxEnabled(false);
    return pool;
  }

  private static boolean isOfCluster(final UnifiedJedis client) {
    final Object info;
    try {
      info = client.executeCommand(object(Request.command("INFO", null, "cluster"), false));
    } catch (final JedisDataException refused) {
      final RedisError error = new RedisError(refused.getMessage());
      if (error.kind().equals("NOPERM")) {
        return false; // allowed to count, but not to ask
      }
      throw refused;
    }
    return info instanceof byte[] bytes
        && new String(bytes, StandardCharsets.US_ASCII).contains("cluster_enabled:1");
  }

  @Override
  public List<Object> run(final List<Request> requests) throws LinkException {
    final List<Object> replies = send(requests, false);
    sendUnknownScripts(requests, replies);
    return replies;
  }

  /** A server knows a script by its digest only once it was sent in full. */
  private void sendUnknownScripts(final List<Request> requests, final List<Object> replies)
      throws LinkException {
    final List<Request> again = new ArrayList<>();
    final List<Integer> places = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      if (replies.get(i) instanceof RedisError error && error.isUnknownScript()) {
        again.add(requests.get(i));
        places.add(i);
      }
    }
    if (!again.isEmpty()) {
      final List<Object> second = send(again, true);
      for (int i = 0; i < second.size(); i++) {
        replies.set(places.get(i), second.get(i));
      }
    }
  }

  /**
   * Sends, whatever comes back: for a reply that is none the client throws anything, and an error
   * where a length in it is forged or it is nested without end.
   */
  private List<Object> send(final List<Request> requests, final boolean inFull)
      throws LinkException {
    final List<Response<Object>> responses = new ArrayList<>(requests.size());
    try (AbstractPipeline pipeline = client.pipelined()) {
      for (final Request request : requests) {
        responses.add(pipeline.executeCommand(object(request, inFull)));
      }
      pipeline.sync();
    } catch (final RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw new LinkException(rootMessage(e), e);
    }
    final List<Object> replies = new ArrayList<>(responses.size());
    for (int i = 0; i < responses.size(); i++) {
      replies.add(reply(responses.get(i), requests.get(i), inFull));
    }
    return replies;
  }

  private Object reply(final Response<Object> response, final Request request, final boolean inFull)
      throws LinkException {
    try {
      return response.get();
    } catch (final JedisRedirectionException moved) {
      return redirected(request, inFull);
    } catch (final JedisDataException refused) {
      return new RedisError(refused.getMessage());
    } catch (final RuntimeException lost) {
      if (cluster) { // the other nodes have answered, and their parcels have arrived
        return new RedisError("NODEDOWN no reply came from the node that has the key");
      }
      throw new LinkException(rootMessage(lost), lost);
    }
  }

  /** A pipeline does not follow a slot that moved; a single command does. */
  private Object redirected(final Request request, final boolean inFull) throws LinkException {
    try {
      return client.executeCommand(object(request, inFull));
    } catch (final JedisDataException refused) {
      return new RedisError(refused.getMessage());
    } catch (final RuntimeException | OutOfMemoryError | StackOverflowError lost) {
      throw new LinkException(rootMessage(lost), lost);
    }
  }

  private static CommandObject<Object> object(final Request request, final boolean inFull) {
    final CommandArguments arguments;
    if (request.script == null) {
      arguments =
          new CommandArguments(Protocol.Command.valueOf(request.command.toUpperCase(Locale.ROOT)));
      request.keys.forEach(arguments::key);
    } else {
      arguments =
          inFull
              ? new CommandArguments(Protocol.Command.EVAL).add(request.script.body)
              : new CommandArguments(Protocol.Command.EVALSHA).add(request.script.digest);
      arguments.add(request.keys.size());
      request.keys.forEach(arguments::key);
    }
    request.arguments.forEach(arguments::add);
    return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
  }

  /** The innermost message, which is the one that tells most: the client wraps several times. */
  private static String rootMessage(final Throwable thrown) {
    Throwable inner = thrown;
    while (inner.getCause() != null && inner.getCause() != inner) {
      inner = inner.getCause();
    }
    return inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
  }

  @Override
  public void close() {
    client.close();
  }
}
