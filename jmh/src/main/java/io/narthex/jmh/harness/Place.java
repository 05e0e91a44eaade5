package io.narthex.jmh.harness;

import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.backend.redis.RedisBackend;
import io.narthex.jmh.LocalRedis;
import io.narthex.jmh.PrivateDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Where several JVMs count together, as their command lines say it. */
enum Place {
  /** A mapped file. */
  MAPPED("narthex mapped", 1000),

  /** A mapped file of Agrona's, in which each counter is one cell. */
  AGRONA("Agrona", 1000),

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

  /** Makes one without any counters. */
  Ground make() throws IOException, InterruptedException {
    return switch (this) {
      case MAPPED -> mapped(new PrivateDirectory());
      case AGRONA -> AgronaGround.make();
      case REDIS -> redis(LocalRedis.start(), RedisBackend.Mode.BUFFERED);
      case REDIS_DIRECT -> redis(LocalRedis.start(), RedisBackend.Mode.DIRECT);
    };
  }

  private static Ground mapped(final PrivateDirectory directory) {
    final Path file = directory.file();
    return new NarthexGround(
        file.toString(),
        () -> MetricRegistry.create(MappedBackend.openReadOnly(file)),
        directory::close);
  }

  private static Ground redis(final LocalRedis server, final RedisBackend.Mode mode) {
    final String uri = server.uri().toString();
    return new NarthexGround(uri, () -> redis(uri, mode), server::close);
  }

  /** Opens it to count. */
  Counters open(final String where) {
    return switch (this) {
      case MAPPED -> new NarthexCounters(MetricRegistry.create(MappedBackend.open(Path.of(where))));
      case AGRONA -> new FoundAgronaCounters(Path.of(where));
      case REDIS -> new NarthexCounters(redis(where, RedisBackend.Mode.BUFFERED));
      case REDIS_DIRECT -> new NarthexCounters(redis(where, RedisBackend.Mode.DIRECT));
    };
  }

  private static MetricRegistry redis(final String uri, final RedisBackend.Mode mode) {
    return MetricRegistry.create(RedisBackend.builder(URI.create(uri)).mode(mode).connect());
  }
}
