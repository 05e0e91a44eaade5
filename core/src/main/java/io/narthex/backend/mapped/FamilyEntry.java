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

  FamilyEntry(final long offset, final FamilyDescriptor descriptor) {
    this.offset = offset;
    this.descriptor = descriptor;
  }

  /** How many cells one series of the family has. */
  int cellCount() {
    return switch (descriptor.type()) {
      case COUNTER -> 1;
      case HISTOGRAM, SUMMARY -> descriptor.boundCount() + 2;
      default -> 0;
    };
  }

  /** Whether a series of the family has no value until it is set. */
  boolean startsUnset() {
    return descriptor.type() == MetricType.INFO || descriptor.gaugeMode() != GaugeMode.SHARED;
  }
}
