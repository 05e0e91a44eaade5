package io.narthex.backend.redis;

import io.narthex.GaugeModeContract;
import io.narthex.backend.Backend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The modes of gauges in Redis mean what they should, to one process. */
final class RedisGaugeModeTest extends GaugeModeContract {
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
