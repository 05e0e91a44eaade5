package io.narthex.backend;

import io.narthex.GaugeMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A family on the heap. It never lacks room; {@link CappedHeapFamily} has an overflow series. */
final class HeapFamily implements BackendFamily {
  static final int NO_CAP = Integer.MAX_VALUE;

  private final FamilyDescriptor descriptor;
  private final HeapCells cells;
  private final HeapSeriesTable series = new HeapSeriesTable();
  private volatile boolean retired;

  /** The slots of the overflow series: one for each choice of constant labels, mostly none. */
  private volatile List<Slot> overflow = List.of();

  HeapFamily(final FamilyDescriptor descriptor, final HeapCells cells) {
    this.descriptor = descriptor;
    this.cells = cells;
  }

  /** Takes the family out: its slots still accept updates, but have no value any more. */
  void retire() {
    retired = true;
  }

  boolean isRetired() {
    return retired;
  }

  HeapCells cells() {
    return cells;
  }

  @Override
  public FamilyDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public Slot slot(final LabelSet labels) {
    return slotWithin(NO_CAP, labels);
  }

  /** The slot of a series, or null if it were a new one beyond so many. */
  Slot slotWithin(final int most, final LabelSet labels) {
    final byte[] text = labels.text();
    final int hash = hash(labels);
    synchronized (series) {
      final HeapSeries known = series.find(text, hash);
      if (known != null) {
        known.revive();
        return known.slot();
      }
      if (series.count() - overflow.size() >= most) {
        return null;
      }
      final HeapSeries fresh =
          new HeapSeries(text, hash, shownText(text), value(), System.currentTimeMillis());
      series.add(fresh);
      return fresh.slot();
    }
  }

  /** The label text as it is exported: one series per process is told apart by its pid. */
  private byte[] shownText(final byte[] text) {
    if (descriptor.gaugeMode() != GaugeMode.ALL && descriptor.gaugeMode() != GaugeMode.LIVE_ALL) {
      return text;
    }
    final byte[] pid =
        ((text.length == 0 ? "" : ",") + "pid=\"" + ProcessHandle.current().pid() + '"')
            .getBytes(StandardCharsets.UTF_8);
    final byte[] both = Arrays.copyOf(text, text.length + pid.length);
    System.arraycopy(pid, 0, both, text.length, pid.length);
    return both;
  }

  /** Makes a series that is not shown before it is updated, and that takes nobody's place. */
  Slot reserveOverflow(final LabelSet labels) {
    synchronized (series) {
      final boolean isNew = series.find(labels.text(), hash(labels)) == null;
      final Slot slot = slot(labels);
      if (isNew) {
        remove(labels);
      }
      if (!isOverflow(slot)) {
        final List<Slot> more = new ArrayList<>(overflow);
        more.add(slot);
        overflow = List.copyOf(more);
      }
      return slot;
    }
  }

  boolean isOverflow(final Slot slot) {
    return overflow.contains(slot);
  }

  private HeapValue value() {
    return switch (descriptor.type()) {
      case COUNTER -> new HeapCounterSlot(this);
      case HISTOGRAM, SUMMARY -> new HeapDistributionSlot(this, descriptor.boundCount() + 1);
      case GAUGE -> new HeapGaugeSlot(this, descriptor.gaugeMode() == GaugeMode.SHARED);
      case INFO -> new HeapGaugeSlot(this, false);
      case STATESET -> new HeapGaugeSlot(this, true);
    };
  }

  @Override
  public Slot find(final LabelSet labels) {
    synchronized (series) {
      final HeapSeries known = series.find(labels.text(), hash(labels));
      return known == null ? null : known.slot();
    }
  }

  @Override
  public boolean remove(final LabelSet labels) {
    synchronized (series) {
      final HeapSeries known = series.find(labels.text(), hash(labels));
      return known != null && known.remove(System.currentTimeMillis());
    }
  }

  private static int hash(final LabelSet labels) {
    final int h = labels.hashCode() * 0x9E3779B1;
    return h ^ (h >>> 15);
  }

  @Override
  public void clear() {
    synchronized (series) {
      final long now = System.currentTimeMillis();
      for (int i = 0; i < series.count(); i++) {
        series.get(i).remove(now);
      }
    }
  }

  <X extends Exception> void visit(final SeriesVisitor<X> visitor, final HeapCursor cursor)
      throws X {
    final int count = series.count();
    for (int i = 0; i < count; i++) {
      if (series.get(i).read(cursor)) {
        visitor.series(cursor);
      }
    }
  }

  int seriesCount() {
    return series.count();
  }
}
