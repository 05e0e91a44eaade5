package io.narthex.tools.demo;

import java.util.concurrent.atomic.AtomicInteger;

/** A worker as clients see it. */
final class Target {
  final String worker;
  final int port;

  /** Requests that clients have sent and not seen answered. */
  final AtomicInteger pending = new AtomicInteger();

  Target(final String worker, final int port) {
    this.worker = worker;
    this.port = port;
  }
}
