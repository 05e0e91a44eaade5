package io.narthex.stress.fault;

import io.narthex.MetricRegistry;
import java.util.function.Consumer;

/**
 * One thing that a process does and then acknowledges. It begins with nothing but the registry, so
 * that any process, and the heap, can do it.
 */
record Step(String name, Consumer<MetricRegistry> action) {
  void run(final MetricRegistry registry) {
    action.accept(registry);
  }
}
