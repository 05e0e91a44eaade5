package io.narthex;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.GaugeSlot;
import io.narthex.backend.MetricType;
import io.narthex.backend.Slot;
import java.util.Objects;

/**
 * A value that goes up and down. It may be any double, NaN and the infinities included. Updates are
 * atomic and make no garbage.
 */
public final class Gauge extends Metric<Gauge> {
  private final GaugeSlot slot;
  private final boolean setOnly;

  private Gauge(
      final Family<Gauge> family,
      final LabelValues values,
      final Partial<Gauge> partial,
      final Slot slot) {
    super(family, values, partial);
    this.slot = (GaugeSlot) slot;
    this.setOnly = family.descriptor.gaugeMode() == GaugeMode.MOST_RECENT;
  }

  /**
   * Starts a gauge.
   *
   * @param name its name without the registry's prefix
   * @return a builder
   */
  public static Builder builder(final String name) {
    return new Builder(name);
  }

  @Override
  GaugeSlot slot() {
    return slot;
  }

  private GaugeSlot observed() {
    final GaugeSlot s = slot;
    return s != null ? s : observable().slot;
  }

  private GaugeSlot adjustable() {
    if (setOnly) {
      throw new UnsupportedOperationException(
          this + " has mode MOST_RECENT: it can be set, but not incremented or decremented");
    }
    return observed();
  }

  /**
   * Sets the value.
   *
   * @param value any double
   * @throws UnobservableMetricException if labels are missing
   */
  public void set(final double value) {
    observed().set(value);
  }

  /**
   * Sets the value to the current time, in seconds since the epoch.
   *
   * @throws UnobservableMetricException if labels are missing
   */
  public void setToCurrentTime() {
    set(System.currentTimeMillis() / 1000.0);
  }

  /**
   * Adds 1.
   *
   * @throws UnsupportedOperationException if the mode is {@code MOST_RECENT}
   * @throws UnobservableMetricException if labels are missing
   */
  public void inc() {
    adjustable().add(1);
  }

  /**
   * Adds an amount.
   *
   * @param amount any double
   * @throws UnsupportedOperationException if the mode is {@code MOST_RECENT}
   * @throws UnobservableMetricException if labels are missing
   */
  public void inc(final double amount) {
    adjustable().add(amount);
  }

  /**
   * Takes 1 away.
   *
   * @throws UnsupportedOperationException if the mode is {@code MOST_RECENT}
   * @throws UnobservableMetricException if labels are missing
   */
  public void dec() {
    adjustable().add(-1);
  }

  /**
   * Takes an amount away.
   *
   * @param amount any double
   * @throws UnsupportedOperationException if the mode is {@code MOST_RECENT}
   * @throws UnobservableMetricException if labels are missing
   */
  public void dec(final double amount) {
    adjustable().add(-amount);
  }

  /**
   * What a scrape would show now.
   *
   * @return the value; NaN also where a scrape shows nothing, because none was set
   * @throws UnobservableMetricException if labels are missing
   */
  public double value() {
    final GaugeSlot s = (GaugeSlot) readable();
    return s == null ? Double.NaN : s.value();
  }

  /**
   * Does work, and is greater by 1 meanwhile; also if the work throws, the 1 is given back.
   *
   * @param work the work
   * @param <X> what it may throw
   * @throws X what it threw
   * @throws UnsupportedOperationException if the mode is {@code MOST_RECENT}; the work is not begun
   * @throws UnobservableMetricException if labels are missing; the work is not begun
   */
  public <X extends Exception> void trackInProgress(final ThrowingRunnable<X> work) throws X {
    final GaugeSlot s = adjustable();
    s.add(1);
    try {
      work.run();
    } finally {
      s.add(-1);
    }
  }

  /**
   * Does work that has a result, and is greater by 1 meanwhile; also if the work throws, the 1 is
   * given back.
   *
   * @param work the work
   * @param <T> the result
   * @param <X> what it may throw
   * @return the work's result
   * @throws X what it threw
   * @throws UnsupportedOperationException if the mode is {@code MOST_RECENT}; the work is not begun
   * @throws UnobservableMetricException if labels are missing; the work is not begun
   */
  public <T, X extends Exception> T trackInProgress(final ThrowingSupplier<T, X> work) throws X {
    final GaugeSlot s = adjustable();
    s.add(1);
    try {
      return work.get();
    } finally {
      s.add(-1);
    }
  }

  /** Builds gauges. */
  public static final class Builder extends MetricBuilder<Builder, Gauge> {
    private GaugeMode mode = GaugeMode.SHARED;

    private Builder(final String name) {
      super(MetricType.GAUGE, name, Gauge::new);
    }

    /**
     * Says how the parts of several processes make one value.
     *
     * @param gaugeMode {@code SHARED} unless said otherwise
     * @return this
     */
    public Builder mode(final GaugeMode gaugeMode) {
      this.mode = Objects.requireNonNull(gaugeMode, "mode");
      return this;
    }

    @Override
    void describe(final FamilyDescriptor.Builder descriptor) {
      descriptor.gaugeMode(mode);
    }
  }
}
