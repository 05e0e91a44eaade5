package io.narthex.backend.redis;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.SeriesVisitor;
import java.util.Arrays;
import java.util.Map;

/** Shows one family to a visitor: what the store said of it, and what this process has since. */
final class Showing<X extends Exception> {
  private static final String[] PID = {"pid"};

  private final SeriesVisitor<X> visitor;
  private final Census census;
  private final String ownId;
  private final Reading reading = new Reading();

  Showing(final SeriesVisitor<X> visitor, final Census census, final String ownId) {
    this.visitor = visitor;
    this.census = census;
    this.ownId = ownId;
  }

  /** A family that this process has not registered. */
  void foreign(final Contents.Kept family) throws X {
    for (final Map.Entry<String, Row> row : family.rows().entrySet()) {
      row(family.descriptor(), row.getKey(), row.getValue(), null);
    }
  }

  /** A family that this process has. */
  void own(final RedisFamily family) throws X {
    final Map<String, Row> rows = family.rows();
    for (final String text : rows.keySet()) {
      series(family, text);
    }
    final String[] others =
        family.series().keySet().stream()
            .filter(text -> !rows.containsKey(text))
            .toArray(String[]::new);
    Arrays.sort(others);
    for (final String text : others) {
      series(family, text);
    }
  }

  private void series(final RedisFamily family, final String text) throws X {
    final RedisSeries series = family.series().get(text);
    final Row row;
    final boolean shown;
    final Double part;
    synchronized (family) { // so that a removal comes before or after, and not in between
      row = family.visibleRow(text);
      shown = series != null && series.isShown();
      part = shown && family.hasParts() ? series.part() : null;
      if (shown) {
        series.read(reading);
        reading.createdMillis = series.createdMillis;
      }
    }
    if (series == null || family.hasParts()) {
      row(family.descriptor(), text, row, part);
    } else if (shown) {
      reading.labels(text);
      visitor.series(reading);
    }
  }

  /** A series of which the store's row tells all but this process's part. */
  private void row(
      final FamilyDescriptor family, final String text, final Row row, final Double part) throws X {
    if (row == null && part == null) {
      return;
    }
    if (row != null) {
      reading.createdMillis = row.createdMillis;
    }
    if (Fold.isBySeries(family)) {
      bySeries(family, text, row, part);
      return;
    }
    if (RedisFamily.hasParts(family)) {
      if (!Fold.isAny(family, row, part, ownId, census)) {
        return;
      }
      reading.value = Fold.of(family, row, part, ownId, census);
    } else {
      reading.value = row.value;
      reading.buckets = row.buckets;
      reading.sum = row.sum;
    }
    reading.labels(text);
    visitor.series(reading);
  }

  private void bySeries(
      final FamilyDescriptor family, final String text, final Row row, final Double part) throws X {
    if (part != null) {
      process(text, ownId, part);
    }
    if (row != null) {
      for (final Map.Entry<String, Double> other : row.parts.entrySet()) {
        final String id = other.getKey();
        if (!id.equals(ownId) && (!Fold.isLive(family) || census.isAlive(id))) {
          process(text, id, other.getValue());
        }
      }
    }
  }

  private void process(final String text, final String id, final double value) throws X {
    final LabelSet pid = LabelSet.of(PID, new String[] {census.pid(id)});
    reading.labels((text.isEmpty() ? "" : text + ',') + RedisFamily.text(pid));
    reading.value = value;
    visitor.series(reading);
  }
}
