package io.narthex.backend.mapped;

import io.narthex.GaugeMode;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;

/** A family of the file as this process knows it, with the offsets of its series in their order. */
final class FamilyEntry {
  private static final long[] NONE = {};

  final long offset;
  final FamilyDescriptor descriptor;

  /** Replaced as a whole; never changed. */
  volatile long[] series = NONE;

  private volatile boolean registeredHere;

  FamilyEntry(final long offset, final FamilyDescriptor descriptor) {
    this.offset = offset;
    this.descriptor = descriptor;
  }

  void registerHere() {
    registeredHere = true;
  }

  /** Whether this process has registered it, so that its handles may be in use. */
  boolean isRegisteredHere() {
    return registeredHere;
  }

  /** How the parts of processes make a value; null where there is one value for all of them. */
  GaugeMode partsMode() {
    if (descriptor.type() == MetricType.INFO) {
      return GaugeMode.LIVE_MAX;
    }
    final GaugeMode mode = descriptor.gaugeMode();
    return descriptor.type() == MetricType.GAUGE && GaugeModes.hasParts(mode) ? mode : null;
  }

  /** How many cells one series of the family has in each stripe. */
  int cellCount() {
    if (partsMode() != null) {
      return PartsDescriptor.CELLS;
    }
    return switch (descriptor.type()) {
      case COUNTER -> 1;
      case HISTOGRAM, SUMMARY -> descriptor.boundCount() + 2;
      default -> 0;
    };
  }

  /** Whether the one value of a series is none until it is set. */
  boolean startsUnset() {
    return descriptor.gaugeMode() == GaugeMode.MOST_RECENT;
  }
}
