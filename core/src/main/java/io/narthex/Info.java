package io.narthex;

import io.narthex.backend.GaugeSlot;
import io.narthex.backend.MetricType;
import io.narthex.backend.Slot;

/**
 * A constant 1 that tells what its labels say, exported as {@code name_info}, such as {@code
 * build_info{version="1.2"} 1}.
 */
public final class Info extends Metric<Info> {
  private final GaugeSlot slot;

  private Info(
      final Family<Info> family,
      final LabelValues values,
      final Partial<Info> partial,
      final Slot slot) {
    super(family, values, partial);
    this.slot = (GaugeSlot) slot;
  }

  /**
   * Starts an info.
   *
   * @param name its name without the registry's prefix, with or without {@code _info}
   * @return a builder
   */
  public static Builder builder(final String name) {
    return new Builder(name);
  }

  @Override
  GaugeSlot slot() {
    return slot;
  }

  /**
   * Exports the info from now on.
   *
   * @throws UnobservableMetricException if labels are missing
   */
  public void set() {
    observable().slot.set(1);
  }

  /** Builds infos. */
  public static final class Builder extends MetricBuilder<Builder, Info> {
    private Builder(final String name) {
      super(MetricType.INFO, name, Info::new);
    }
  }
}
