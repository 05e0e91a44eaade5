package io.narthex;

import io.narthex.backend.CounterSlot;
import io.narthex.backend.MetricType;
import io.narthex.backend.Slot;

/**
 * A value that only grows, exported as {@code name_total}. Updates are atomic, never wait and make
 * no garbage; a value that returned from {@code inc} is counted.
 */
public final class Counter extends Metric<Counter> {
  private static final double INT_LIMIT = 0x1p31;

  private final CounterSlot slot;

  private Counter(
      final Family<Counter> family,
      final LabelValues values,
      final Partial<Counter> partial,
      final Slot slot) {
    super(family, values, partial);
    this.slot = (CounterSlot) slot;
  }

  /**
   * Starts a counter.
   *
   * @param name its name without the registry's prefix, with or without {@code _total}
   * @return a builder
   */
  public static Builder builder(final String name) {
    return new Builder(name);
  }

  @Override
  CounterSlot slot() {
    return slot;
  }

  /**
   * The null check of a complete child costs nothing: the JIT lets the add itself fault instead.
   */
  private CounterSlot observed() {
    final CounterSlot s = slot;
    return s != null ? s : observable().slot;
  }

  /**
   * Adds 1.
   *
   * @throws UnobservableMetricException if labels are missing
   */
  public void inc() {
    observed().add(1);
  }

  /**
   * Adds a whole amount.
   *
   * @param amount 0 or more; beyond 2<sup>53</sup> it is rounded to a double
   * @throws IllegalArgumentException if the amount is negative; nothing is counted
   * @throws UnobservableMetricException if labels are missing
   */
  public void inc(final long amount) {
    if (amount < 0) {
      throw refused(amount);
    }
    final CounterSlot s = observed();
    if (amount <= Integer.MAX_VALUE) {
      s.add((int) amount);
    } else {
      s.add((double) amount);
    }
  }

  /**
   * Adds any amount.
   *
   * @param amount 0 or more, and finite
   * @throws IllegalArgumentException if the amount is negative, infinite or NaN; nothing is counted
   * @throws UnobservableMetricException if labels are missing
   */
  public void inc(final double amount) {
    if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY)) {
      throw refused(amount);
    }
    final CounterSlot s = observed();
    if (amount < INT_LIMIT && (int) amount == amount) {
      s.add((int) amount);
    } else {
      s.add(amount);
    }
  }

  private IllegalArgumentException refused(final Number amount) {
    return new IllegalArgumentException(
        this + " only grows: it cannot be incremented by " + amount);
  }

  /**
   * What a scrape would show now.
   *
   * @return the sum of all increments
   * @throws UnobservableMetricException if labels are missing
   */
  public double value() {
    final CounterSlot s = (CounterSlot) readable();
    return s == null ? 0 : s.value();
  }

  /**
   * Does work, and adds 1 if it throws; what it throws is passed on.
   *
   * @param work the work
   * @param <X> what it may throw
   * @throws X what it threw
   * @throws UnobservableMetricException if labels are missing; the work is not begun
   */
  public <X extends Exception> void countExceptions(final ThrowingRunnable<X> work) throws X {
    countExceptions(work, Throwable.class);
  }

  /**
   * Does work, and adds 1 if it throws one of some types; what it throws is passed on.
   *
   * @param work the work
   * @param types the types that count, with their subtypes
   * @param <X> what it may throw
   * @throws X what it threw
   * @throws UnobservableMetricException if labels are missing; the work is not begun
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final <X extends Exception> void countExceptions(
      final ThrowingRunnable<X> work, final Class<? extends Throwable>... types) throws X {
    final CounterSlot s = observed();
    try {
      work.run();
    } catch (final Throwable thrown) {
      countIfOneOf(s, thrown, types);
      throw thrown;
    }
  }

  /**
   * Does work that has a result, and adds 1 if it throws; what it throws is passed on.
   *
   * @param work the work
   * @param <T> the result
   * @param <X> what it may throw
   * @return the work's result
   * @throws X what it threw
   * @throws UnobservableMetricException if labels are missing; the work is not begun
   */
  public <T, X extends Exception> T countExceptions(final ThrowingSupplier<T, X> work) throws X {
    return countExceptions(work, Throwable.class);
  }

  /**
   * Does work that has a result, and adds 1 if it throws one of some types; what it throws is
   * passed on.
   *
   * @param work the work
   * @param types the types that count, with their subtypes
   * @param <T> the result
   * @param <X> what it may throw
   * @return the work's result
   * @throws X what it threw
   * @throws UnobservableMetricException if labels are missing; the work is not begun
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final <T, X extends Exception> T countExceptions(
      final ThrowingSupplier<T, X> work, final Class<? extends Throwable>... types) throws X {
    final CounterSlot s = observed();
    try {
      return work.get();
    } catch (final Throwable thrown) {
      countIfOneOf(s, thrown, types);
      throw thrown;
    }
  }

  private static void countIfOneOf(
      final CounterSlot slot, final Throwable thrown, final Class<? extends Throwable>[] types) {
    for (final Class<? extends Throwable> type : types) {
      if (type.isInstance(thrown)) {
        slot.add(1);
        return;
      }
    }
  }

  /** Builds counters. */
  public static final class Builder extends MetricBuilder<Builder, Counter> {
    private Builder(final String name) {
      super(MetricType.COUNTER, name, Counter::new);
    }
  }
}
