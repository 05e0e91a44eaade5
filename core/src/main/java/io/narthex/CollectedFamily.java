package io.narthex;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.SeriesVisitor;
import java.util.LinkedHashMap;
import java.util.Map;

/** What all collectors together gave for one family at one scrape. */
final class CollectedFamily {
  final FamilyDescriptor descriptor;
  private final Map<Map<String, String>, CollectedSample> samples = new LinkedHashMap<>();

  CollectedFamily(final FamilyDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** Whether it is the first with its labels. */
  boolean add(final CollectedSample sample) {
    return samples.putIfAbsent(sample.identity, sample) == null;
  }

  <X extends Exception> void show(final SeriesVisitor<X> visitor) throws X {
    if (visitor.family(descriptor)) {
      for (final CollectedSample sample : samples.values()) {
        visitor.series(sample);
      }
    }
  }
}
