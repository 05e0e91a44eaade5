package io.narthex.jmh;

import io.narthex.MetricRegistry;
import io.narthex.backend.Backend;
import io.narthex.backend.Backends;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.backend.redis.RedisBackend;
import io.narthex.jmh.chronicle.ChronicleBackend;
import java.io.IOException;
import java.util.Map;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A registry on the mapped backend, or on another one where it is asked for: {@code -p
 * backend=heap}, {@code redis}, {@code redis-direct}, or a third party's, {@code chronicle}.
 */
@State(Scope.Benchmark)
public class Room {
  /** The kind of backend. */
  @Param("mapped")
  public String backend;

  /** Over how many cells the mapped backend spreads each count; the others have no such choice. */
  @Param("16")
  public int stripes;

  MetricRegistry registry;
  private PrivateDirectory directory;

  /** Null where the backend needs none. */
  private LocalRedis server;

  /** Opens the backend. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    directory = new PrivateDirectory();
    registry = MetricRegistry.create(backend());
  }

  private Backend backend() throws IOException {
    return switch (backend) {
      case "heap" -> HeapBackend.create();
      case "mapped" -> MappedBackend.builder(directory.file()).stripes(stripes).open();
      case "chronicle" -> Backends.load(ChronicleBackend.class, Map.of("path", directory.file()));
      case "redis" -> redis(RedisBackend.Mode.BUFFERED);
      case "redis-direct" -> redis(RedisBackend.Mode.DIRECT);
      default -> throw new IllegalArgumentException("no backend " + backend);
    };
  }

  private Backend redis(final RedisBackend.Mode mode) throws IOException {
    server = LocalRedis.start();
    return RedisBackend.builder(server.uri()).mode(mode).connect();
  }

  /** Closes the backend and deletes its file. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    registry.close();
    if (server != null) {
      server.close();
    }
    directory.close();
  }
}
