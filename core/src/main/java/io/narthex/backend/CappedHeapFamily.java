package io.narthex.backend;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** A family on the heap that may have so many series and no more, besides the overflow series. */
final class CappedHeapFamily implements BackendFamily {
  private static final EngineLog LOG = EngineLog.of(CappedHeapFamily.class);

  private final HeapFamily family;
  private final int most;
  private final Slot overflow;
  private final CounterSlot overflowed;
  private final AtomicBoolean logged = new AtomicBoolean();

  /** Takes the counter of label sets that count for others, too. */
  CappedHeapFamily(
      final HeapFamily family,
      final LabelSet overflowLabels,
      final int most,
      final CounterSlot overflowed) {
    this.family = family;
    this.most = most;
    this.overflowed = overflowed;
    this.overflow = family.reserveOverflow(overflowLabels);
  }

  @Override
  public FamilyDescriptor descriptor() {
    return family.descriptor();
  }

  @Override
  public Slot slot(final LabelSet labels) {
    final Slot slot = family.slotWithin(most, labels);
    if (slot != null) {
      return slot;
    }
    overflowed.add(1);
    if (logged.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          Excerpt.of(descriptor().name())
              + " has reached its cap, maxSeriesPerMetric("
              + most
              + "): "
              + labels
              + " and what else is new count into the series __overflow__; give its labels fewer"
              + " values, or the backend a higher cap");
    }
    return overflow;
  }

  @Override
  public Slot find(final LabelSet labels) {
    return family.find(labels);
  }

  @Override
  public boolean remove(final LabelSet labels) {
    return family.remove(labels);
  }

  @Override
  public void clear() {
    family.clear();
  }
}
