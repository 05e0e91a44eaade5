package io.narthex.backend.mapped;

import io.narthex.GaugeMode;
import io.narthex.NarthexException;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.EngineLog;
import io.narthex.backend.Excerpt;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.Slot;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** A family of the file as one registry registered it. */
final class MappedFamily implements BackendFamily {
  private static final EngineLog LOG = EngineLog.of(MappedFamily.class);

  private final MappedStore store;
  private final FamilyEntry family;
  private final SeriesCap cap;
  private final SeriesStore series;

  /** The slot of the overflow series; null for a family without labels. */
  private final Slot overflow;

  private final AtomicBoolean logged = new AtomicBoolean();
  private final AtomicBoolean loggedCap = new AtomicBoolean();

  MappedFamily(
      final MappedStore store,
      final FamilyEntry family,
      final LabelSet overflowLabels,
      final long maxSeries) {
    this.store = store;
    this.family = family;
    this.cap =
        new SeriesCap(store.records(), family, overflowLabels == null ? SeriesCap.NONE : maxSeries);
    this.series = new SeriesStore(store, family, cap);
    this.overflow = overflowLabels == null ? null : reserve(overflowLabels);
  }

  private Slot reserve(final LabelSet labels) {
    final Deadline deadline = new Deadline();
    final long offset =
        store.isWritable() ? series.findOrCreate(labels, true, deadline) : series.find(labels);
    if (offset == 0 && !store.isWritable()) {
      return null;
    }
    final Slot slot = offset == 0 ? null : series.open(offset, true, deadline);
    if (slot == null) {
      throw noRoom(labels);
    }
    return slot;
  }

  @Override
  public FamilyDescriptor descriptor() {
    return family.descriptor;
  }

  @Override
  public Slot slot(final LabelSet labels) {
    if (!store.isWritable()) {
      return store.guard().read(() -> existing(labels), () -> series.open(0, false));
    }
    final Deadline deadline = new Deadline();
    final long offset = series.findOrCreate(labels, false, deadline);
    final Slot slot = offset == 0 ? null : series.open(offset, false, deadline);
    if (slot == null) {
      return overflow(labels);
    }
    series.revive(offset);
    return slot;
  }

  @Override
  public Slot find(final LabelSet labels) {
    return store
        .guard()
        .read(
            () -> {
              final long offset = series.find(labels);
              return offset == 0 ? null : series.open(offset, false);
            },
            () -> null);
  }

  private Slot existing(final LabelSet labels) {
    final long offset = series.find(labels);
    if (offset == 0 && !store.guard().isViewerClosed()) {
      throw new NarthexException(
          (store.isClosed() ? "cannot show " : "cannot create ")
              + Excerpt.of(family.descriptor.name())
              + labels
              + ": "
              + store.path()
              + (store.isClosed()
                  ? " was replaced, or truncated and opened anew, since the metric was registered;"
                      + " register it again"
                  : " was opened with openReadOnly"));
    }
    return series.open(offset, false);
  }

  private Slot overflow(final LabelSet labels) {
    if (overflow == null) {
      throw noRoom(labels);
    }
    store.countOverflow();
    if (cap.isReached()) {
      logCap(labels);
    } else if (logged.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "no room for "
              + Excerpt.of(family.descriptor.name())
              + labels
              + "; it and what else cannot be created count into the series __overflow__: "
              + series.reason(labels));
    }
    return overflow;
  }

  private void logCap(final LabelSet labels) {
    if (loggedCap.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          Excerpt.of(family.descriptor.name())
              + " has reached its cap, "
              + cap
              + ": "
              + labels
              + " and what else is new count into the series __overflow__; give its labels fewer"
              + " values, or open "
              + store.path()
              + " with a higher cap");
    }
  }

  private NarthexException noRoom(final LabelSet labels) {
    return new NarthexException(
        "no room to register " + family.descriptor + ": " + series.reason(labels));
  }

  @Override
  public boolean remove(final LabelSet labels) {
    if (!isWritable()) {
      return false;
    }
    final long offset = series.find(labels);
    return offset != 0 && series.remove(offset, liveness());
  }

  /** One look for all series that are removed together. */
  private Liveness liveness() {
    final GaugeMode mode = family.partsMode();
    return mode != null && GaugeModes.isLive(mode)
        ? store.processes().liveness()
        : Liveness.nobody();
  }

  @Override
  public void clear() {
    if (!isWritable()) {
      return;
    }
    store.catalog().refresh();
    final Liveness liveness = liveness();
    for (final long offset : family.series) {
      series.remove(offset, liveness);
    }
  }

  /** Whether to remove; what is kept after its backend was closed does nothing and never throws. */
  private boolean isWritable() {
    if (!store.isWritable() && !store.guard().isViewerClosed()) {
      throw new NarthexException(
          "cannot remove from "
              + Excerpt.of(family.descriptor.name())
              + ": "
              + store.path()
              + " was opened with openReadOnly");
    }
    return store.isWritable();
  }
}
