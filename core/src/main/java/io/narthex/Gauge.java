package io.narthex;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.GaugeSlot;
import io.narthex.backend.MetricType;
import io.narthex.backend.Slot;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleSupplier;

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
    private static final Set<GaugeMode> OF_CALLBACKS =
        EnumSet.of(GaugeMode.LIVE_SUM, GaugeMode.LIVE_MIN, GaugeMode.LIVE_MAX, GaugeMode.LIVE_ALL);

    /** Null unless said. */
    private GaugeMode mode;

    private DoubleSupplier callback;

    private Builder(final String name) {
      super(MetricType.GAUGE, name, Gauge::new);
    }

    /**
     * Says how the parts of several processes make one value.
     *
     * @param gaugeMode {@code SHARED} unless said otherwise, with a callback {@code LIVE_SUM}; with
     *     a callback one of the {@code LIVE_} modes
     * @return this
     */
    public Builder mode(final GaugeMode gaugeMode) {
      this.mode = Objects.requireNonNull(gaugeMode, "mode");
      return this;
    }

    /**
     * Has the value of this process measured instead of set: at each scrape of the registry, and
     * each second, so that other processes that share the backend see it, too.
     *
     * <p>The callback is called on a thread of the registry, never twice at a time. As long as it
     * throws, or where it has not returned after a second, this process has no part in the gauge.
     * It may use metrics, and scrape; callbacks are not called for a scrape in a callback. A value
     * set by hand lasts until the next call.
     *
     * <p>It ends with {@code unregister} or with the registry. Registering the gauge again with
     * another callback replaces it, without one leaves it as it is. A registry that is closed calls
     * none.
     *
     * @param source what to call. {@code register} then throws {@link IllegalArgumentException} if
     *     the mode is not a {@code LIVE_} one, and {@link UnobservableMetricException} if a label
     *     has no default
     * @return this
     */
    public Builder callback(final DoubleSupplier source) {
      this.callback = Objects.requireNonNull(source, "callback");
      return this;
    }

    @Override
    void describe(final FamilyDescriptor.Builder descriptor) {
      if (callback != null && mode != null && !OF_CALLBACKS.contains(mode)) {
        throw new IllegalArgumentException(
            "gauge "
                + name
                + " has a callback, which ends with its process, so its mode cannot be "
                + mode
                + "; allowed: "
                + OF_CALLBACKS);
      }
      final GaugeMode unlessSaid = callback == null ? GaugeMode.SHARED : GaugeMode.LIVE_SUM;
      descriptor.gaugeMode(mode == null ? unlessSaid : mode);
    }

    @Override
    void checkDefaults(final FamilyDescriptor descriptor, final String[] byPosition) {
      if (callback == null) {
        return;
      }
      for (int i = 0; i < byPosition.length; i++) {
        if (byPosition[i] == null) {
          throw new UnobservableMetricException(
              descriptor
                  + " has a callback, which gives one value, but no default for label "
                  + descriptor.labelNames().get(i)
                  + "; give each label a default, and register once for each series");
        }
      }
    }

    @Override
    void registered(final Gauge gauge, final Callbacks callbacks) {
      if (callback != null) {
        callbacks.put(gauge, callback);
      }
    }
  }
}
