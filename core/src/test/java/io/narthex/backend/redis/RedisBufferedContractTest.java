package io.narthex.backend.redis;

import io.narthex.backend.Backend;
import io.narthex.backend.BackendContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class RedisBufferedContractTest extends BackendContract {
  private static RedisProcesses redis;

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
    return RedisBackend.connect(redis.uri());
  }
}
