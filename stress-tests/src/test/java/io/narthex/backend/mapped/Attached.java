package io.narthex.backend.mapped;

import io.narthex.GaugeMode;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.CounterSlot;
import io.narthex.backend.DistributionSlot;
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
  final SeriesStore histograms;

  /** Gauges of which each process has a part. */
  final SeriesStore sums;

  final long counterFamily;
  private final FamilyEntry counter;
  private final FamilyEntry gauge;
  private final FamilyEntry histogram;
  private final FamilyEntry sum;

  Attached(final MappedStore store) {
    this.store = store;
    final Families families = new Families(store);
    counter = families.register(family(MetricType.COUNTER, "c").build());
    gauge = families.register(family(MetricType.GAUGE, "g").build());
    histogram = families.register(family(MetricType.HISTOGRAM, "h").bounds(1, 2).build());
    sum = families.register(family(MetricType.GAUGE, "s").gaugeMode(GaugeMode.SUM).build());
    counters = new SeriesStore(store, counter);
    gauges = new SeriesStore(store, gauge);
    histograms = new SeriesStore(store, histogram);
    sums = new SeriesStore(store, sum);
    counterFamily = counter.offset;
  }

  private static FamilyDescriptor.Builder family(final MetricType type, final String name) {
    return FamilyDescriptor.builder(type, name).labelNames(List.of(LABEL));
  }

  /** The labels of a series that no other race has. */
  static LabelSet labels(final long number) {
    return LabelSet.of(LABEL, new String[] {Long.toString(number)});
  }

  /** Counters or histograms as a backend hands them out, without labels for an overflow. */
  BackendFamily family(final MetricType type) {
    return new MappedFamily(
        store, type == MetricType.HISTOGRAM ? histogram : counter, null, SeriesCap.NONE);
  }

  CounterSlot counter(final long offset) {
    return (CounterSlot) counters.open(offset, false);
  }

  GaugeSlot gauge(final long offset) {
    return (GaugeSlot) gauges.open(offset, false);
  }

  /** The slot of a histogram of three buckets. */
  DistributionSlot histogram(final long offset) {
    return (DistributionSlot) histograms.open(offset, false);
  }

  /** Takes this process's part of a gauge; what a dead owner of its row left is folded first. */
  GaugeSlot part(final long offset) {
    return (GaugeSlot) sums.open(offset, false);
  }

  /** Has an owner of this process's row who is dead now leave a part of a gauge behind. */
  void leavePart(final long offset, final double value) {
    final Part part =
        new PartBlocks(store).findOrCreate(offset, store.processes().self().row(), new Deadline());
    part.take(store.processes().table().nextIncarnation());
    Memory.ACCESS.putLongVolatile(
        part.buffer(), part.valuePosition(), Double.doubleToLongBits(value));
  }

  /** What a scrape shows of a gauge that is the sum of parts. */
  String shownSum(final long offset) {
    final PartCursor cursor = store.partCursor(sum, Liveness.nobody());
    cursor.read(offset);
    return cursor.next() ? Double.toString(cursor.value()) : "hidden";
  }

  /** A histogram as a scrape reads it; null where it shows none. */
  SeriesCursor readHistogram(final long offset) {
    final SeriesCursor cursor = store.cursor(histogram);
    return cursor.read(offset) ? cursor : null;
  }

  /** What a scrape shows of a histogram. */
  String shownHistogram(final long offset) {
    final SeriesCursor cursor = readHistogram(offset);
    return cursor == null ? "hidden" : text(cursor);
  }

  /** A histogram's buckets, not cumulative, and its sum. */
  static String text(final SeriesCursor histogram) {
    return histogram.bucket(0)
        + " "
        + histogram.bucket(1)
        + " "
        + histogram.bucket(2)
        + " of "
        + histogram.sum();
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
