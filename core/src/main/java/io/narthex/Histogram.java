package io.narthex;

import io.narthex.backend.DistributionSlot;
import io.narthex.backend.Excerpt;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.backend.Slot;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/**
 * Observations counted into buckets, with their sum. A bucket holds what is at most its bound. An
 * observation is two atomic adds; it takes no lock and makes no garbage.
 */
public final class Histogram extends Metric<Histogram> {
  private final DistributionSlot slot;
  private final double[] bounds;

  private Histogram(
      final Family<Histogram> family,
      final LabelValues values,
      final Partial<Histogram> partial,
      final Slot slot) {
    super(family, values, partial);
    this.slot = (DistributionSlot) slot;
    this.bounds = family.bounds;
  }

  /**
   * Starts a histogram.
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
    observed().observe(Buckets.indexOf(bounds, value), value);
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
    final Histogram child = observable();
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
    final Histogram child = observable();
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
    private final Histogram child;

    private Timer(final Histogram child) {
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

  /** Builds histograms. */
  public static final class Builder extends MetricBuilder<Builder, Histogram> {
    private double[] bounds = Buckets.CLASSIC;

    private Builder(final String name) {
      super(MetricType.HISTOGRAM, name, Histogram::new);
    }

    /**
     * Sets the buckets; without this they are 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5
     * and 10.
     *
     * @param upperBounds the inclusive upper bounds, strictly increasing; {@code +Inf} is added
     *     where it is not the last one
     * @return this
     * @throws BucketException if there is none, or they do not strictly increase, or one is NaN or
     *     negative infinity
     */
    public Builder buckets(final double... upperBounds) {
      this.bounds = Buckets.checked(name, Objects.requireNonNull(upperBounds, "upperBounds"));
      return this;
    }

    /**
     * Sets buckets of one width.
     *
     * @param start the first bound
     * @param width what each bound is greater by than the one before
     * @param count the number of bounds
     * @return this
     * @throws BucketException if there is none, the width is not positive, or the start or the
     *     width not finite, or so small or large that the bounds do not strictly increase
     */
    public Builder linearBuckets(final double start, final double width, final int count) {
      checkParameter("start", start, Double.isFinite(start), "finite");
      checkParameter("width", width, width > 0 && Double.isFinite(width), "positive and finite");
      checkParameter("count", count, count > 0, "at least 1");
      final double[] all = new double[count];
      Arrays.setAll(all, i -> start + i * width);
      return buckets(all);
    }

    /**
     * Sets buckets of growing width.
     *
     * @param start the first bound
     * @param factor what each bound is the multiple of the one before by
     * @param count the number of bounds
     * @return this
     * @throws BucketException if there is none, the start is not positive, the factor is not
     *     greater than 1, one of them is not finite, or so small or large that the bounds do not
     *     strictly increase
     */
    public Builder exponentialBuckets(final double start, final double factor, final int count) {
      checkParameter("start", start, start > 0 && Double.isFinite(start), "positive and finite");
      checkParameter(
          "factor", factor, factor > 1 && Double.isFinite(factor), "greater than 1 and finite");
      checkParameter("count", count, count > 0, "at least 1");
      final double[] all = new double[count];
      Arrays.setAll(all, i -> start * Math.pow(factor, i));
      return buckets(all);
    }

    private void checkParameter(
        final String parameter, final Number value, final boolean good, final String rule) {
      if (!good) {
        throw new BucketException(
            "histogram "
                + Excerpt.of(name)
                + " cannot have buckets of "
                + parameter
                + ' '
                + value
                + ": it has to be "
                + rule);
      }
    }

    @Override
    void describe(final FamilyDescriptor.Builder descriptor) {
      descriptor.bounds(bounds);
    }
  }
}
