package io.narthex.backend.redis;

import io.narthex.backend.Backend;
import io.narthex.backend.BackendContract;
import io.narthex.backend.MetricType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class PytheusContractTest extends BackendContract {
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
    return RedisBackend.builder(redis.uri()).layout(RedisBackend.Layout.PYTHEUS).connect();
  }

  @Override
  protected boolean hasPlaceFor(final MetricType type) {
    return type != MetricType.INFO && type != MetricType.STATESET;
  }
}
