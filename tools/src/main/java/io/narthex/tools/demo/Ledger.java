package io.narthex.tools.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The answers that clients have seen, by what the worker must have counted them under. Kept apart
 * from the file: it is the other side of the comparison.
 */
final class Ledger {
  private final Map<RequestKey, LongAdder> answers = new ConcurrentHashMap<>();

  void answered(final RequestKey key) {
    answers.computeIfAbsent(key, any -> new LongAdder()).increment();
  }

  /** The answers seen so far. */
  Map<RequestKey, Long> answers() {
    final Map<RequestKey, Long> copy = new HashMap<>();
    answers.forEach((key, count) -> copy.put(key, count.sum()));
    return copy;
  }
}
