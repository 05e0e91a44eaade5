package io.narthex.backend.mapped;

import io.narthex.backend.CounterSlot;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.GaugeSlot;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import java.util.List;

/** One store on a {@link RaceFile}, with its families: what one process has of the file. */
final class Attached {
  private static final String[] LABEL = {"n"};

  final MappedStore store;
  final SeriesStore counters;
  final SeriesStore gauges;
  final long counterFamily;
  private final FamilyEntry counter;
  private final FamilyEntry gauge;

  Attached(final MappedStore store) {
    this.store = store;
    final Families families = new Families(store);
    counter = families.register(family(MetricType.COUNTER, "c"));
    gauge = families.register(family(MetricType.GAUGE, "g"));
    counters = new SeriesStore(store, counter);
    gauges = new SeriesStore(store, gauge);
    counterFamily = counter.offset;
  }

  private static FamilyDescriptor family(final MetricType type, final String name) {
    return FamilyDescriptor.builder(type, name).labelNames(List.of(LABEL)).build();
  }

  /** The labels of a series that no other race has. */
  static LabelSet labels(final long number) {
    return LabelSet.of(LABEL, new String[] {Long.toString(number)});
  }

  CounterSlot counter(final long offset) {
    return (CounterSlot) counters.open(offset, false);
  }

  GaugeSlot gauge(final long offset) {
    return (GaugeSlot) gauges.open(offset, false);
  }

  /** What a scrape shows of a counter. */
  String shownCounter(final long offset) {
    return shown(counter, offset);
  }

  /** What a scrape shows of a gauge. */
  String shownGauge(final long offset) {
    return shown(gauge, offset);
  }

  private String shown(final FamilyEntry family, final long offset) {
    final SeriesCursor cursor = store.cursor(family);
    return offset != 0 && cursor.read(offset) ? Double.toString(cursor.value()) : "hidden";
  }
}
