package io.narthex;

import io.narthex.backend.DistributionSlot;
import io.narthex.backend.MetricType;
import io.narthex.backend.Slot;
import java.time.Duration;

/**
 * The sum and the number of observations. An observation is two atomic adds; it takes no lock and
 * makes no garbage.
 */
public final class Summary extends Metric<Summary> {
  private final DistributionSlot slot;

  private Summary(
      final Family<Summary> family,
      final LabelValues values,
      final Partial<Summary> partial,
      final Slot slot) {
    super(family, values, partial);
    this.slot = (DistributionSlot) slot;
  }

  /**
   * Starts a summary.
   *
   * @param name its name without the registry's prefix
   * @return a builder
   */
  public static Builder builder(final String name) {
    return new Builder(name);
  }

  @Override
  DistributionSlot slot() {
    return slot;
  }

  private DistributionSlot observed() {
    final DistributionSlot s = slot;
    return s != null ? s : observable().slot;
  }

  /**
   * Counts an observation.
   *
   * @param value any double but NaN; durations in seconds
   * @throws IllegalArgumentException if the value is NaN; nothing is counted
   * @throws UnobservableMetricException if labels are missing
   */
  public void observe(final double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(this + " cannot observe NaN");
    }
    observed().observe(0, value);
  }

  /**
   * Counts an observation of a duration, in seconds.
   *
   * @param duration the duration
   * @throws UnobservableMetricException if labels are missing
   */
  public void observe(final Duration duration) {
    observe(Stopwatch.seconds(duration));
  }

  /**
   * Does work and observes how long it took, in seconds; also if it throws.
   *
   * @param work the work
   * @param <X> what it may throw
   * @throws X what it threw
   * @throws UnobservableMetricException if labels are missing; the work is not begun
   */
  public <X extends Exception> void time(final ThrowingRunnable<X> work) throws X {
    final Summary child = observable();
    final long start = System.nanoTime();
    try {
      work.run();
    } finally {
      child.observe(Stopwatch.secondsSince(start));
    }
  }

  /**
   * Does work that has a result and observes how long it took, in seconds; also if it throws.
   *
   * @param work the work
   * @param <T> the result
   * @param <X> what it may throw
   * @return the work's result
   * @throws X what it threw
   * @throws UnobservableMetricException if labels are missing; the work is not begun
   */
  public <T, X extends Exception> T time(final ThrowingSupplier<T, X> work) throws X {
    final Summary child = observable();
    final long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      child.observe(Stopwatch.secondsSince(start));
    }
  }

  /**
   * Starts a timer.
   *
   * @return the timer, already running
   * @throws UnobservableMetricException if labels are missing
   */
  public Timer startTimer() {
    return new Timer(observable());
  }

  /**
   * The number of observations that a scrape would show now.
   *
   * @return the count
   * @throws UnobservableMetricException if labels are missing
   */
  public long count() {
    final DistributionSlot s = (DistributionSlot) readable();
    return s == null ? 0 : s.count();
  }

  /**
   * The sum of the observed values that a scrape would show now.
   *
   * @return the sum; it may differ from what was counted by observations that are under way
   * @throws UnobservableMetricException if labels are missing
   */
  public double sum() {
    final DistributionSlot s = (DistributionSlot) readable();
    return s == null ? 0 : s.sum();
  }

  /** A running measurement, observed once; for one thread at a time. */
  public static final class Timer implements AutoCloseable {
    private final Stopwatch watch = new Stopwatch();
    private final Summary child;

    private Timer(final Summary child) {
      this.child = child;
    }

    /**
     * Observes the time since the start, in seconds. Only the first call, of this or of {@link
     * #close}, does.
     *
     * @return the seconds that were observed, now or before
     */
    public double observeDuration() {
      if (watch.stop()) {
        child.observe(watch.seconds());
      }
      return watch.seconds();
    }

    /** As {@link #observeDuration}. */
    @Override
    public void close() {
      observeDuration();
    }
  }

  /** Builds summaries. */
  public static final class Builder extends MetricBuilder<Builder, Summary> {
    private Builder(final String name) {
      super(MetricType.SUMMARY, name, Summary::new);
    }
  }
}
