package io.narthex.tools.migrate;

import io.narthex.NarthexException;
import io.narthex.backend.Excerpt;
import io.narthex.tools.text.Printable;
import java.io.IOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Reads from a server that may be none, or a broken one: whatever comes back, it ends in time, and
 * in a line that says what is wrong.
 *
 * <p>The client library waits for each byte only, so the conversation is held on a thread of its
 * own, which is left behind when it takes too long.
 */
final class RedisServer {
  private static final int SCANNED_AT_ONCE = 1000;

  /** A sparse table gives some pages without a key, but not so many one after the other. */
  private static final int FRUITLESS_SCANS = 10_000;

  private static final Duration FOR_A_BYTE = Duration.ofSeconds(5);
  private static final Duration LOOK_EACH = Duration.ofMillis(100);

  private final RedisUri uri;
  private final Patience patience;

  private volatile Socket socket;
  private volatile boolean isGivenUp;
  private volatile long askedNanos = System.nanoTime();

  private RedisServer(final RedisUri uri, final Patience patience) {
    this.uri = uri;
    this.patience = patience;
  }

  /**
   * How long to wait.
   *
   * @param reply for one reply, whole
   * @param all for all of them
   */
  record Patience(Duration reply, Duration all) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofMinutes(15));
  }

  /** Gets the keys, and what is asked of them. */
  final class Conversation {
    private final Jedis client;

    private Conversation(final Jedis client) {
      this.client = client;
    }

    /** The names of all keys. */
    Set<String> keys() {
      final Set<String> names = new TreeSet<>();
      final ScanParams params = new ScanParams().count(SCANNED_AT_ONCE);
      String cursor = ScanParams.SCAN_POINTER_START;
      int fruitless = 0;
      do {
        final ScanResult<String> page = next().scan(cursor, params);
        fruitless = names.addAll(page.getResult()) ? 0 : fruitless + 1;
        if (fruitless > FRUITLESS_SCANS) {
          throw late("SCAN came to no end, " + FRUITLESS_SCANS + " times without a new key");
        }
        cursor = page.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
      return names;
    }

    String type(final String key) {
      return next().type(key);
    }

    String text(final String key) {
      return next().get(key);
    }

    /** In an order that is always the same. */
    Map<String, String> fields(final String key) {
      return new TreeMap<>(next().hgetAll(key));
    }

    private Jedis next() {
      askedNanos = System.nanoTime();
      if (isGivenUp) {
        throw late("given up");
      }
      return client;
    }
  }

  /**
   * Holds a conversation.
   *
   * @param conversation on another thread, which has ended if this returns
   * @throws NarthexException if it cannot be held to its end
   */
  static void read(
      final RedisUri uri, final Patience patience, final Consumer<Conversation> conversation) {
    new RedisServer(uri, patience).run(conversation);
  }

  private void run(final Consumer<Conversation> conversation) {
    final CompletableFuture<Void> end = new CompletableFuture<>();
    final Thread talker =
        new Thread(
            () -> {
              try {
                talk(conversation);
                end.complete(null);
              } catch (final RuntimeException | OutOfMemoryError | StackOverflowError e) {
                // For a reply that is none the library throws anything, and an error where a length
                // in it is forged or it is nested without end.
                end.completeExceptionally(e);
              }
            },
            "narthex-import");
    talker.setDaemon(true);
    talker.start();
    try {
      await(end);
    } catch (final ExecutionException e) {
      throw failed(e.getCause());
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NarthexException("cannot read " + uri + ": interrupted", e);
    } finally {
      giveUp();
    }
  }

  private void talk(final Consumer<Conversation> conversation) {
    final JedisClientConfig config =
        DefaultJedisClientConfig.builder()
            .serverDefaultProtocol() // no HELLO, which servers before 6.0 do not know
            .timeoutMillis((int) FOR_A_BYTE.toMillis())
            .user(uri.user())
            .password(uri.password())
            .database(uri.database())
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .sslOptions(uri.tls() ? SslOptions.defaults() : null)
            .build();
    final DefaultJedisSocketFactory sockets =
        new DefaultJedisSocketFactory(new HostAndPort(uri.host(), uri.port()), config);
    try (Jedis client =
        new Jedis(
            () -> {
              socket = sockets.createSocket();
              return socket;
            },
            config)) {
      conversation.accept(new Conversation(client));
    }
  }

  private void await(final CompletableFuture<Void> end)
      throws ExecutionException, InterruptedException {
    final long began = System.nanoTime();
    while (true) {
      try {
        end.get(LOOK_EACH.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (final TimeoutException e) {
        final long now = System.nanoTime();
        if (now - askedNanos > patience.reply.toNanos()) {
          throw late("a reply was not whole after " + patience.reply.toSeconds() + " s");
        }
        if (now - began > patience.all.toNanos()) {
          throw late("it came to no end within " + patience.all.toSeconds() + " s");
        }
      }
    }
  }

  private NarthexException late(final String why) {
    return new NarthexException(
        "cannot read " + uri + ": " + why + "; check that it is a Redis, and whether it is well");
  }

  /** Does no harm to what has ended. */
  private void giveUp() {
    isGivenUp = true;
    final Socket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (final IOException e) {
        // It is not used any more.
      }
    }
  }

  private NarthexException failed(final Throwable thrown) {
    if (thrown instanceof NarthexException told) {
      return told;
    }
    final Throwable inner = innermost(thrown);
    final String message =
        inner.getMessage() == null
            ? inner.getClass().getSimpleName()
            : Printable.of(Excerpt.of(inner.getMessage()));
    final String why;
    if (inner instanceof UnknownHostException) {
      why = "there is no host " + uri.host() + "; check its name";
    } else if (inner instanceof JedisDataException) {
      why = "it answered: " + message + "; check user, password and database";
    } else if (inner instanceof IOException || inner instanceof JedisConnectionException) {
      why = message + "; check host, port and password, and that it is a Redis";
    } else if (inner instanceof OutOfMemoryError) {
      why =
          "its answers do not fit into the memory of this JVM; check that it is a Redis, or give"
              + " more by java -Xmx";
    } else {
      why = "it does not answer as a Redis does; check host and port";
    }
    return new NarthexException("cannot read " + uri + ": " + why, thrown);
  }

  /** What tells most: the library wraps, and keeps what it met at each address of a host beside. */
  private static Throwable innermost(final Throwable thrown) {
    Throwable inner = thrown;
    while (true) {
      final Throwable[] beside = inner.getSuppressed();
      if (inner.getCause() != null) {
        inner = inner.getCause();
      } else if (inner instanceof JedisConnectionException && beside.length > 0) {
        inner = beside[0];
      } else {
        return inner;
      }
    }
  }
}
