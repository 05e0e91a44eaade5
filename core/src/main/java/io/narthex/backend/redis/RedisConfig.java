package io.narthex.backend.redis;

import io.narthex.NarthexException;
import io.narthex.backend.Config;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The options of a backend as configuration files have them. */
final class RedisConfig {
  private static final int MOST_PORTS = 65_535;

  private RedisConfig() {}

  static RedisBackend.Builder builder(final Map<String, ?> options) {
    final Config config =
        Config.of(
            RedisBackend.class,
            options,
            "uri",
            "host",
            "port",
            "user",
            "password",
            "database",
            "tls",
            "layout",
            "mode",
            "flush_interval",
            "expire_key_time",
            "lazy",
            "timeout",
            "close_timeout",
            "key_prefix",
            "max_series_per_metric",
            "buffer",
            "buffer_path");
    final RedisBackend.Builder builder = new RedisBackend.Builder(address(config));
    config.oneOf("layout", RedisBackend.Layout.class).ifPresent(builder::layout);
    config.oneOf("mode", RedisBackend.Mode.class).ifPresent(builder::mode);
    config.bool("lazy").ifPresent(builder::lazy);
    config
        .string("key_prefix")
        .ifPresent(value -> check(config, "key_prefix", () -> builder.keyPrefix(value)));
    config
        .seconds("flush_interval")
        .ifPresent(value -> check(config, "flush_interval", () -> builder.flushInterval(value)));
    config
        .seconds("expire_key_time")
        .ifPresent(value -> check(config, "expire_key_time", () -> builder.expireKeyTime(value)));
    config
        .seconds("timeout")
        .ifPresent(value -> check(config, "timeout", () -> builder.timeout(value)));
    config
        .seconds("close_timeout")
        .ifPresent(value -> check(config, "close_timeout", () -> builder.closeTimeout(value)));
    config
        .integer("max_series_per_metric")
        .ifPresent(
            value ->
                check(config, "max_series_per_metric", () -> builder.maxSeriesPerMetric(value)));
    buffer(config, builder);
    return builder;
  }

  private enum Buffer {
    HEAP,
    MAPPED
  }

  private static void buffer(final Config config, final RedisBackend.Builder builder) {
    final boolean mapped =
        config.oneOf("buffer", Buffer.class).orElse(Buffer.HEAP) == Buffer.MAPPED;
    if (mapped) {
      final String path = config.string("buffer_path").orElseThrow(config.missing("buffer_path"));
      builder.bufferPath(Path.of(path));
    } else if (config.has("buffer_path")) {
      throw config.refused("buffer_path", "\"buffer\": \"mapped\" beside it");
    }
  }

  /** What the builder refuses, said of the option. */
  private static void check(final Config config, final String key, final Runnable setting) {
    try {
      setting.run();
    } catch (final IllegalArgumentException e) {
      throw config.refused(key, "another value: " + e.getMessage());
    }
  }

  private static RedisAddress address(final Config config) {
    if (!config.has("uri")) {
      return new RedisAddress(
          config.string("host").orElse("127.0.0.1"),
          port(config),
          config.string("user").orElse(null),
          config.string("password").orElse(null),
          database(config),
          config.bool("tls").orElse(false));
    }
    for (final String key : new String[] {"host", "port", "user", "password", "database", "tls"}) {
      if (config.has(key)) {
        throw new NarthexException(
            "RedisBackend takes \"uri\" or \""
                + key
                + "\", not both; the form is redis://[[user]:password@]host[:port][/database]");
      }
    }
    final String uri = config.string("uri").orElse("");
    try {
      return RedisAddress.of(URI.create(uri));
    } catch (final IllegalArgumentException e) {
      // Not the cause: its message shows the password.
      throw new NarthexException(
          "option \"uri\" of RedisBackend is no URI, though it may look like one; the form is"
              + " redis://[[user]:password@]host[:port][/database], and special characters in the"
              + " password have to be percent-encoded");
    }
  }

  private static int port(final Config config) {
    final int port = config.integer("port").orElse(RedisAddress.PORT);
    if (port < 1 || port > MOST_PORTS) {
      throw config.refused("port", "a port from 1 to " + MOST_PORTS);
    }
    return port;
  }

  private static int database(final Config config) {
    final int database = config.integer("database").orElse(0);
    if (database < 0) {
      throw config.refused("database", "0 or more");
    }
    return database;
  }
}
