package io.narthex.tools.file;

import io.narthex.GaugeMode;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks what families say of themselves, and that they can stand side by side. */
final class FamilyCheck {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private final FileImage image;
  private final Findings findings;
  private final List<FamilyRecord> families = new ArrayList<>();

  /** How many series of each were seen, without those that count for others. */
  private final Map<FamilyRecord, Long> series = new HashMap<>();

  FamilyCheck(final FileImage image, final Findings findings) {
    this.image = image;
    this.findings = findings;
  }

  void check(final FamilyRecord family) {
    families.add(family);
    final FamilyDescriptor descriptor = family.descriptor();
    final long at = family.offset();
    final Object where = family;
    final long state = image.getLong(family.stateAt());
    if (state < Layout.PENDING || state > Layout.RETIRED) {
      findings.add(family.stateAt(), "family state", "0 to 3", state, where);
    }
    if (family.length() != Layout.aligned(family.used())) {
      findings.add(at, "record length", Layout.aligned(family.used()), family.length(), where);
    }
    if (!NAME.matcher(descriptor.name()).matches()) {
      findings.add(at + 72, "family name", "a metric name", Excerpts.of(descriptor.name()), where);
    }
    for (final String label : descriptor.labelNames()) {
      if (!LABEL.matcher(label).matches()) {
        findings.add(at + 56, "label name", "a label name", Excerpts.of(label), where);
      }
    }
    if (new HashSet<>(descriptor.labelNames()).size() != descriptor.labelNames().size()) {
      findings.add(at + 56, "label names", "each once", descriptor.labelNames().size(), where);
    }
    if (descriptor.type() != MetricType.GAUGE && descriptor.gaugeMode() != GaugeMode.SHARED) {
      findings.add(at + 44, "gauge mode", 0, descriptor.gaugeMode(), where);
    }
    checkBounds(family, where);
    final boolean hasStates = !descriptor.states().isEmpty();
    if (hasStates && descriptor.type() != MetricType.STATESET) {
      findings.add(at + 64, "states", 0, descriptor.states().size(), where);
    }
  }

  private void checkBounds(final FamilyRecord family, final Object where) {
    final FamilyDescriptor descriptor = family.descriptor();
    if (descriptor.type() != MetricType.HISTOGRAM && descriptor.boundCount() > 0) {
      findings.add(family.offset() + 60, "bounds", 0, descriptor.boundCount(), where);
    }
    for (int i = 0; i < descriptor.boundCount(); i++) {
      final double bound = descriptor.bound(i);
      if (Double.isNaN(bound) || (i > 0 && bound <= descriptor.bound(i - 1))) {
        findings.add(
            family.offset() + Layout.FAMILY_BODY + 8L * i,
            "bound",
            i == 0 ? "a number" : "more than " + descriptor.bound(i - 1),
            bound,
            where);
        return;
      }
    }
  }

  void count(final SeriesRecord one) {
    if (!one.isOverflow()) {
      series.merge(one.family(), 1L, Long::sum);
    }
  }

  /** The families of series that were counted, which no word of the index has led to. */
  Set<FamilyRecord> unlisted() {
    final Set<FamilyRecord> unlisted = new HashSet<>(series.keySet());
    families.forEach(unlisted::remove);
    return unlisted;
  }

  /** Checks the numbers of series, and that no two families have a name in common. */
  void end() {
    series.forEach(
        (family, seen) -> {
          // Read now: it is counted up before a series is published.
          final long stored = image.getLong(family.offset() + 32);
          if (stored < seen) {
            findings.add(
                family.offset() + 32, "number of series", "at least " + seen, stored, family);
          }
        });
    final Map<String, FamilyRecord> names = new HashMap<>();
    for (final FamilyRecord family : families) {
      if (isActive(family)) {
        for (final String name : family.descriptor().claimedNames()) {
          final FamilyRecord other = names.put(name, family);
          if (other != null && !other.equals(family) && isActive(other) && isActive(family)) {
            findings.add(family.offset(), "overlapping names", "one active family", other, family);
          }
        }
      }
    }
  }

  int count() {
    return families.size();
  }

  private boolean isActive(final FamilyRecord family) {
    return image.getLong(family.stateAt()) == Layout.ACTIVE;
  }
}
