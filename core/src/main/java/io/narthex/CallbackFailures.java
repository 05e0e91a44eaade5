package io.narthex;

import io.narthex.backend.Backend;
import io.narthex.backend.CounterSlot;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often the callbacks of one registry have failed. Both kinds together are also counted in the
 * backend, where every process can see them.
 */
final class CallbackFailures {
  private static final FamilyDescriptor COUNTER =
      FamilyDescriptor.builder(MetricType.COUNTER, "narthex_callback_failures")
          .help("Calls of a gauge's callback that threw, or did not return within a second.")
          .build();

  private final Backend backend;
  private final LongAdder thrown = new LongAdder();
  private final LongAdder overdue = new LongAdder();
  private volatile CounterSlot counter;

  CallbackFailures(final Backend backend) {
    this.backend = backend;
  }

  /**
   * Makes the counter.
   *
   * @throws NarthexException if the backend has no room, or is read-only
   */
  void begin() {
    if (counter == null) {
      counter = (CounterSlot) backend.register(COUNTER, null).slot(LabelSet.EMPTY);
    }
  }

  /** A call ended with an exception or an error. */
  void countThrown() {
    thrown.increment();
    counter.add(1);
  }

  /** A call had not returned when its time was over. */
  void countOverdue() {
    overdue.increment();
    counter.add(1);
  }

  long thrown() {
    return thrown.sum();
  }

  long overdue() {
    return overdue.sum();
  }
}
