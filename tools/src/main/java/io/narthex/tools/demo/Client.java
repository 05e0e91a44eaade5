package io.narthex.tools.demo;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends one request after the other to random workers, at a steady rate, and enters each whole
 * answer in the ledger. A request whose worker is killed meanwhile is not repeated.
 */
final class Client implements Runnable {
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Clients shared;
  private final long intervalNanos;
  private final Map<Target, HttpConnection> connections = new HashMap<>();

  Client(final Clients shared, final long intervalNanos) {
    this.shared = shared;
    this.intervalNanos = intervalNanos;
  }

  @Override
  public void run() {
    final ThreadLocalRandom random = ThreadLocalRandom.current();
    Target[] known = shared.targets();
    long next = System.nanoTime() + random.nextLong(intervalNanos);
    while (shared.isRunning()) {
      final Target[] targets = shared.targets();
      if (targets != known) {
        known = targets;
        closeAllBut(known);
      }
      final long wait = known.length == 0 ? IDLE_NANOS : next - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
        continue;
      }
      // What was missed while everybody was slow is not made up for in a burst.
      next = Math.max(next + intervalNanos, System.nanoTime());
      request(known[random.nextInt(known.length)], random);
    }
    closeAllBut();
  }

  private void request(final Target target, final ThreadLocalRandom random) {
    final boolean post = random.nextInt(4) == 0;
    final String method = post ? "POST" : "GET";
    final String path =
        post ? "/orders" : random.nextInt(50) == 0 ? "/order" : "/orders/" + random.nextInt(1000);
    target.pending.incrementAndGet();
    try {
      HttpConnection connection = connections.get(target);
      if (connection == null) {
        connection = new HttpConnection(target.port);
        connections.put(target, connection);
      }
      final int status = connection.exchange(method, path, post ? "item=1&count=2" : "");
      shared.ledger().answered(new RequestKey(target.worker, method, Integer.toString(status)));
    } catch (final IOException e) {
      // Killed, most likely. The connection may be half read.
      final HttpConnection broken = connections.remove(target);
      if (broken != null) {
        broken.close();
      }
    } finally {
      target.pending.decrementAndGet();
    }
  }

  private void closeAllBut(final Target... kept) {
    final Set<Target> keep = Set.of(kept);
    connections
        .entrySet()
        .removeIf(
            entry -> {
              final boolean gone = !keep.contains(entry.getKey());
              if (gone) {
                entry.getValue().close();
              }
              return gone;
            });
  }
}
