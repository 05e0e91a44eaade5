package io.narthex.backend.redis;

import io.narthex.MeaningContract;
import io.narthex.backend.Backend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Metrics in Redis mean what they should. */
final class RedisMeaningTest extends MeaningContract {
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
