package io.narthex.backend.mapped;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long one creation or removal may wait for the file to grow, in all: for cells, a record and
 * an index together, and for this process's part of a gauge. Begins with the first wait. For one
 * thread.
 */
final class Deadline {
  /** The limit in milliseconds. */
  static final long LIMIT_MILLIS = 1_000;

  private final LongSupplier clock;
  private boolean begun;
  private long nanoTime;

  Deadline() {
    this(System::nanoTime);
  }

  /** One that goes by another clock than the system's, in nanoseconds. */
  Deadline(final LongSupplier clock) {
    this.clock = clock;
  }

  /** The milliseconds that are left, 0 or less if there are none. */
  long millisLeft() {
    final long now = clock.getAsLong();
    if (!begun) {
      begun = true;
      nanoTime = now + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
    }
    return TimeUnit.NANOSECONDS.toMillis(nanoTime - now);
  }
}
