package io.narthex.tools.history;

import io.narthex.GaugeMode;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what a {@link StateEncoder} wrote. */
final class StateDecoder {
  private final State base;
  private final PayloadReader in;
  private final List<FamilyDescriptor> families;
  private final List<List<ReadingSeries>> series = new ArrayList<>();

  private StateDecoder(final State base, final byte[] payload) {
    this.base = base;
    this.in = new PayloadReader(payload);
    this.families = new ArrayList<>(base.families());
  }

  /**
   * Reads a reading.
   *
   * @param base the state that it is a change to
   * @param millis when it was taken
   * @throws DamageException if it cannot have been written so
   */
  static Reading decode(final State base, final byte[] payload, final long millis)
      throws DamageException {
    return new StateDecoder(base, payload).reading(millis);
  }

  private Reading reading(final long millis) throws DamageException {
    for (int left = in.count(); left > 0; left--) {
      families.add(family());
    }
    families.forEach(family -> series.add(new ArrayList<>()));
    for (int left = in.count(); left > 0; left--) {
      final int number = in.below(families.size(), "metrics");
      final long created = in.signed();
      final String labels = in.text();
      series.get(number).add(numbers(families.get(number), null, labels, created));
    }
    final BitSet gone = new BitSet();
    int last = -1;
    for (int left = in.count(); left > 0; left--) {
      last += 1 + in.below(base.series().size() - last - 1L, "series");
      gone.set(last);
    }
    final Map<Integer, ReadingSeries> changed = new HashMap<>();
    last = -1;
    for (int left = in.count(); left > 0; left--) {
      last += 1 + in.below(base.series().size() - last - 1L, "series");
      final ReadingSeries before = base.series().get(last);
      final FamilyDescriptor family = families.get(base.familyOf(last));
      changed.put(last, numbers(family, before, before.labelText(), before.createdMillis()));
    }
    if (!in.isAtEnd()) {
      throw new DamageException("something stands behind its end");
    }
    for (int i = 0; i < base.series().size(); i++) {
      if (!gone.get(i)) {
        series.get(base.familyOf(i)).add(changed.getOrDefault(i, base.series().get(i)));
      }
    }
    return shown(millis);
  }

  /** A family that has none of the state's series left may have given its name to a new one. */
  private Reading shown(final long millis) {
    final List<ReadingFamily> shown = new ArrayList<>();
    for (int i = 0; i < families.size(); i++) {
      if (i >= base.families().size() || !series.get(i).isEmpty()) {
        shown.add(new ReadingFamily(families.get(i), series.get(i)));
      }
    }
    return Reading.of(millis, shown);
  }

  private ReadingSeries numbers(
      final FamilyDescriptor family,
      final ReadingSeries before,
      final String labels,
      final long created)
      throws DamageException {
    if (family.type() != MetricType.HISTOGRAM && family.type() != MetricType.SUMMARY) {
      return ReadingSeries.of(labels, created, in.difference(before == null ? 0 : before.value()));
    }
    final long[] buckets = new long[family.boundCount() + 1];
    if (before != null) {
      Arrays.setAll(buckets, before::bucket);
    }
    int last = -1;
    for (int left = in.count(); left > 0; left--) {
      last += 1 + in.below(buckets.length - last - 1L, "buckets");
      buckets[last] += in.signed();
    }
    final double sum = in.difference(before == null ? 0 : before.sum());
    return ReadingSeries.ofDistribution(labels, created, sum, buckets);
  }

  private FamilyDescriptor family() throws DamageException {
    final MetricType type = constant(MetricType.class, in.text());
    final GaugeMode mode = constant(GaugeMode.class, in.text());
    final FamilyDescriptor.Builder family =
        FamilyDescriptor.builder(type, in.text())
            .gaugeMode(mode)
            .help(in.text())
            .unit(in.text())
            .labelNames(texts());
    final double[] bounds = new double[in.count()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = in.bits();
    }
    return family.bounds(bounds).states(texts()).build();
  }

  private static <E extends Enum<E>> E constant(final Class<E> kind, final String name)
      throws DamageException {
    try {
      return Enum.valueOf(kind, name);
    } catch (final IllegalArgumentException e) {
      throw new DamageException("it tells of a type or mode that is unknown");
    }
  }

  private List<String> texts() throws DamageException {
    final int count = in.count();
    final List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(in.text());
    }
    return texts;
  }
}
