package io.narthex.jmh.harness;

import io.narthex.MetricRegistry;
import io.narthex.backend.Backend;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.backend.redis.RedisBackend;
import java.net.URI;
import java.nio.file.Path;

/** Where several JVMs count together, as their command lines say it. */
enum Place {
  /** A mapped file. */
  MAPPED("narthex mapped", 1000),

  /** A Redis server, to which a thread carries updates each second. */
  REDIS("narthex redis", 1000),

  /** A Redis server, to which each update is carried before it returns. */
  REDIS_DIRECT("narthex redis-direct", 10);

  /** What results call it. */
  final String subject;

  /** Calls between two looks at the clock: few where a call takes a round trip. */
  final int batch;

  Place(final String subject, final int batch) {
    this.subject = subject;
    this.batch = batch;
  }

  /** Opens it to count. */
  MetricRegistry writer(final String where) {
    return MetricRegistry.create(backend(where));
  }

  private Backend backend(final String where) {
    return switch (this) {
      case MAPPED -> MappedBackend.open(Path.of(where));
      case REDIS -> redis(where, RedisBackend.Mode.BUFFERED);
      case REDIS_DIRECT -> redis(where, RedisBackend.Mode.DIRECT);
    };
  }

  private static Backend redis(final String where, final RedisBackend.Mode mode) {
    return RedisBackend.builder(URI.create(where)).mode(mode).connect();
  }

  /** Opens it to look. */
  MetricRegistry viewer(final String where) {
    return this == MAPPED
        ? MetricRegistry.create(MappedBackend.openReadOnly(Path.of(where)))
        : writer(where);
  }
}
