package io.narthex.backend.mapped;

import java.util.concurrent.TimeUnit;

/**
 * How long one creation or removal may wait for the file to grow, in all: for cells, a record and
 * an index together. Begins with the first wait. For one thread.
 */
final class Deadline {
  /** The limit in milliseconds. */
  static final long LIMIT_MILLIS = 1_000;

  private boolean begun;
  private long nanoTime;

  /** The milliseconds that are left, 0 or less if there are none. */
  long millisLeft() {
    final long now = System.nanoTime();
    if (!begun) {
      begun = true;
      nanoTime = now + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
    }
    return TimeUnit.NANOSECONDS.toMillis(nanoTime - now);
  }
}
