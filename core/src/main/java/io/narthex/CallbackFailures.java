package io.narthex;

import java.util.concurrent.atomic.LongAdder;

/** How often the callbacks of one registry have failed, since it was made. */
final class CallbackFailures {
  /** Calls that ended with an exception or an error. */
  final LongAdder thrown = new LongAdder();

  /** Calls that had not returned when their time was over. */
  final LongAdder overdue = new LongAdder();
}
