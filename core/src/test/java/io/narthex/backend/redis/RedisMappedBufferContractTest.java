package io.narthex.backend.redis;

import io.narthex.backend.Backend;
import io.narthex.backend.BackendContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Updates wait in a mapped file. */
final class RedisMappedBufferContractTest extends BackendContract {
  private static RedisProcesses redis;
  private static final AtomicInteger FILES = new AtomicInteger();

  @TempDir static Path directory;

  @BeforeAll
  static void start() {
    redis = RedisProcesses.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Override
  protected Backend create() {
    redis.empty();
    return RedisBackend.builder(redis.uri())
        .bufferPath(directory.resolve("buffer-" + FILES.incrementAndGet() + ".nx"))
        .connect();
  }
}
