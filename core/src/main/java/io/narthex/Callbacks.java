package io.narthex;

import io.narthex.backend.Backend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * The callbacks of one registry: at most one for each gauge. While there are any, a {@link
 * CallbackRunner} calls them.
 */
final class Callbacks {
  final CallbackFailures failures;

  private final long periodNanos;
  private final Map<Key, Callback> byGauge = new LinkedHashMap<>();
  private volatile List<Callback> all = List.of();

  /** Null while there are no callbacks. */
  private volatile CallbackRunner runner;

  private boolean closed;

  Callbacks(final Backend backend, final long periodNanos) {
    this.periodNanos = periodNanos;
    this.failures = new CallbackFailures(backend);
  }

  /** A gauge as it was registered: its labels have their defaults. */
  private record Key(String family, List<String> values) {
    static Key of(final Gauge child) {
      return new Key(child.family.descriptor.name(), List.of(child.valuesByPosition()));
    }
  }

  /**
   * Gives a gauge a callback, in place of the one it may have. Does nothing once this is closed.
   *
   * @throws NarthexException if the backend is read-only
   */
  synchronized void put(final Gauge gauge, final DoubleSupplier source) {
    if (closed) {
      return;
    }
    final Key key = Key.of(gauge.observable());
    final Callback fresh = new Callback(gauge, source, failures);
    final Callback old = byGauge.get(key);
    if (old == null) {
      fresh.clear(); // what was set before is not the callback's
    } else {
      old.retire(); // its value stays until the new one has one
    }
    failures.begin(); // after the gauge, whose error says more where nothing can be written
    byGauge.put(key, fresh);
    changed();
  }

  /** Stops the callbacks of a family. */
  synchronized void stop(final String family) {
    stop(byGauge.keySet().stream().filter(key -> key.family.equals(family)).toList());
  }

  /** Stops all callbacks, for good. Their calls may still run when this returns. */
  synchronized void close() {
    closed = true;
    stop(List.copyOf(byGauge.keySet()));
  }

  private void stop(final List<Key> keys) {
    for (final Key key : keys) {
      final Callback callback = byGauge.remove(key);
      callback.retire();
      callback.clear();
    }
    if (!keys.isEmpty()) {
      changed();
    }
  }

  private void changed() {
    all = List.copyOf(byGauge.values());
    if (runner == null) {
      runner = new CallbackRunner(() -> all, periodNanos);
      runner.start();
    } else if (all.isEmpty()) {
      runner.stop();
      runner = null;
    }
  }

  /**
   * Calls all callbacks and waits for that a little, so that a scrape shows values of its own time.
   * In a callback it does nothing: it would wait for itself.
   */
  void refresh() {
    final CallbackRunner current = runner;
    if (current != null && !CallbackRunner.isCalling()) {
      current.refresh();
    }
  }
}
