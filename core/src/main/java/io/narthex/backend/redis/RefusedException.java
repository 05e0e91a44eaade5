package io.narthex.backend.redis;

/** The server refused a request that everything else depends on. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RedisError error;

  RefusedException(final RedisError error) {
    super(error.message());
    this.error = error;
  }

  RedisError error() {
    return error;
  }
}
