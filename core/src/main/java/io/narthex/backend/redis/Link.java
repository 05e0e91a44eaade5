package io.narthex.backend.redis;

import java.util.List;

/** The way to a server or a cluster. Safe for use by any number of threads. */
interface Link extends AutoCloseable {
  /**
   * Sends requests in one go and waits for all replies, at most as long as the link's timeout.
   * Requests with the same key are carried out in their order.
   *
   * @return a reply for each request: {@code byte[]}, {@code Long}, a {@code List} of such, null,
   *     or a {@link RedisError} where the server refused that one request
   * @throws LinkException if nobody knows whether the server carried them out
   */
  List<Object> run(List<Request> requests) throws LinkException;

  @Override
  void close();
}
