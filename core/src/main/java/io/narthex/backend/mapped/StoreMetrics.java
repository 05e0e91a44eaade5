package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import io.narthex.backend.CounterSlot;
import io.narthex.backend.EngineLog;
import io.narthex.backend.LabelSet;
import io.narthex.backend.SelfMetrics;
import java.lang.System.Logger.Level;

/** What the engine tells of a file: gauges that are measured at a scrape, and one counter in it. */
final class StoreMetrics {
  private static final EngineLog LOG = EngineLog.of(StoreMetrics.class);

  private StoreMetrics() {}

  static SelfMetrics of(final MappedStore store) {
    return SelfMetrics.builder()
        .gauge(
            "narthex_series",
            "Series that the file holds, removed ones included.",
            () -> seriesCount(store))
        .gauge(
            "narthex_used_bytes",
            "Bytes of the file that are taken.",
            () -> store.segments().usedBytes())
        .gauge(
            "narthex_free_bytes",
            "Bytes that are free before the file has to grow.",
            () -> store.segments().freeBytes())
        .gauge(
            "narthex_wasted_bytes",
            "Bytes taken by notes of removals and by what was unregistered; never used again.",
            () -> store.waste().bytes())
        .gauge(
            "narthex_bad_records",
            "Damaged records that are left out.",
            () -> store.catalog().badRecords())
        .gauge(
            "narthex_processes_alive",
            "Processes that count into the file.",
            () -> store.processes().last().count())
        .gauge(
            "narthex_file_replaced",
            "1 where the process that is scraped has a file that was deleted or replaced, else 0.",
            () -> store.watch().isUnlinked() ? 1 : 0)
        .build();
  }

  private static double seriesCount(final MappedStore store) {
    double count = 0;
    for (final FamilyEntry family : store.catalog().families()) {
      if (store.records().isActive(family.offset)) {
        count += family.series.length;
      }
    }
    return count;
  }

  /** Of label sets that found no room; null if there is no room for it either. */
  static CounterSlot overflowed(final MappedStore store) {
    try {
      final FamilyEntry family = store.families().register(SelfMetrics.overflowedLabelSets());
      final SeriesStore series = new SeriesStore(store, family);
      final long offset = series.findOrCreate(LabelSet.EMPTY, false);
      return offset == 0 ? null : (CounterSlot) series.open(offset, false);
    } catch (final NarthexException e) {
      LOG.log(Level.WARNING, "overflowed label sets are not counted: {0}", e.getMessage());
      return null;
    }
  }
}
