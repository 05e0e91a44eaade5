package io.narthex.backend.redis;

import io.narthex.backend.Backend;
import io.narthex.backend.BackendContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Three masters, which share the keys among them. */
final class RedisClusterContractTest extends BackendContract {
  private static RedisClusterProcesses redis;

  @BeforeAll
  static void start() {
    redis = RedisClusterProcesses.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Override
  protected Backend create() {
    redis.empty();
    return RedisBackend.connect(redis.uri());
  }
}
