package io.narthex.jmh.chronicle;

import io.narthex.GaugeMode;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.SeriesVisitor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** One family: its series by their labels, and in the order of their creation. */
final class ChronicleFamily {
  private final FamilyDescriptor descriptor;
  private final ChronicleCells cells;

  /** Also the lock under which series are made and removed. */
  private final Map<LabelSet, ChronicleSeries> byLabels = new HashMap<>();

  private volatile ChronicleSeries[] list = new ChronicleSeries[4];
  private volatile int count;
  private volatile boolean retired;

  ChronicleFamily(final FamilyDescriptor descriptor, final ChronicleCells cells) {
    this.descriptor = descriptor;
    this.cells = cells;
  }

  FamilyDescriptor descriptor() {
    return descriptor;
  }

  ChronicleCells cells() {
    return cells;
  }

  /** Takes the family out: its slots accept updates, but have no value any more. */
  void retire() {
    retired = true;
  }

  boolean isRetired() {
    return retired;
  }

  /** A series, created or brought back where it has to be; null if there is no room for it. */
  ChronicleSeries create(final LabelSet labels) {
    synchronized (byLabels) {
      final ChronicleSeries known = byLabels.get(labels);
      if (known != null) {
        known.revive();
        return known;
      }
      return add(labels, false);
    }
  }

  /** A series that is not shown before it counts; null if there is no room for it. */
  ChronicleSeries reserveOverflow(final LabelSet labels) {
    synchronized (byLabels) {
      final ChronicleSeries known = byLabels.get(labels);
      if (known != null) {
        return known;
      }
      final ChronicleSeries fresh = add(labels, true);
      if (fresh != null) {
        fresh.remove(System.currentTimeMillis());
      }
      return fresh;
    }
  }

  private ChronicleSeries add(final LabelSet labels, final boolean overflow) {
    final ChronicleValue value = value(overflow);
    if (value == null) {
      return null;
    }
    final ChronicleSeries fresh =
        new ChronicleSeries(shownText(labels), value, System.currentTimeMillis());
    byLabels.put(labels, fresh);
    final int n = count;
    if (n == list.length) {
      list = Arrays.copyOf(list, n * 2);
    }
    list[n] = fresh;
    count = n + 1; // publishes the element
    return fresh;
  }

  private ChronicleValue value(final boolean overflow) {
    final int buckets = descriptor.boundCount() + 1;
    final long first =
        cells.reserve(
            switch (descriptor.type()) {
              case COUNTER -> ChronicleCounterSlot.CELLS;
              case HISTOGRAM, SUMMARY -> ChronicleDistributionSlot.cells(buckets);
              case GAUGE, INFO, STATESET -> 1;
            });
    if (first < 0) {
      return null;
    }
    return switch (descriptor.type()) {
      case COUNTER -> new ChronicleCounterSlot(this, first, overflow);
      case HISTOGRAM, SUMMARY -> new ChronicleDistributionSlot(this, first, buckets, overflow);
      case GAUGE ->
          new ChronicleGaugeSlot(this, first, descriptor.gaugeMode() == GaugeMode.SHARED, overflow);
      case INFO -> new ChronicleGaugeSlot(this, first, false, overflow);
      case STATESET -> new ChronicleGaugeSlot(this, first, true, overflow);
    };
  }

  /** The label text as it is exported: one series per process is told apart by its pid. */
  private byte[] shownText(final LabelSet labels) {
    final byte[] text = labels.text();
    if (descriptor.gaugeMode() != GaugeMode.ALL && descriptor.gaugeMode() != GaugeMode.LIVE_ALL) {
      return text;
    }
    final String pid = "pid=\"" + ProcessHandle.current().pid() + '"';
    final String before = new String(text, StandardCharsets.UTF_8);
    return (before.isEmpty() ? pid : before + ',' + pid).getBytes(StandardCharsets.UTF_8);
  }

  ChronicleSeries find(final LabelSet labels) {
    synchronized (byLabels) {
      return byLabels.get(labels);
    }
  }

  boolean remove(final LabelSet labels) {
    synchronized (byLabels) {
      final ChronicleSeries known = byLabels.get(labels);
      return known != null && known.remove(System.currentTimeMillis());
    }
  }

  void clear() {
    synchronized (byLabels) {
      for (int i = 0; i < count; i++) {
        list[i].remove(System.currentTimeMillis());
      }
    }
  }

  <X extends Exception> void visit(final SeriesVisitor<X> visitor, final ChronicleCursor cursor)
      throws X {
    final int shown = count;
    for (int i = 0; i < shown; i++) {
      if (list[i].read(cursor)) {
        visitor.series(cursor);
      }
    }
  }
}
