package io.narthex.backend.redis;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Puts the series of one family together from its keys; fields that mean one series add up. */
final class PytheusRows {
  private final PytheusFields fields;
  private final FamilyDescriptor descriptor;
  private final Map<String, Row> rows = new TreeMap<>();

  PytheusRows(final PytheusFamily known) {
    this.fields = known.fields();
    this.descriptor = known.descriptor();
  }

  void add(final int unit, final String field, final byte[] text) {
    final String labels = fields.text(field);
    final Double value = Numbers.number(text);
    if (labels == null || value == null) {
      return;
    }
    final Row row = rows.computeIfAbsent(labels, l -> new Row(descriptor.boundCount() + 1, false));
    switch (descriptor.type()) {
      case HISTOGRAM -> histogram(row, unit, value);
      case SUMMARY -> {
        if (unit == 0) {
          sum(row, value);
        } else {
          row.buckets[0] += value.longValue();
        }
      }
      default -> {
        row.value = row.hasValue ? row.value + value : value;
        row.hasValue = true;
      }
    }
  }

  private void histogram(final Row row, final int unit, final double value) {
    final int infinite = descriptor.boundCount();
    if (unit <= infinite) {
      row.buckets[unit] += (long) value;
    } else if (unit == infinite + 1) {
      sum(row, value);
    } // the count is that of the bucket +Inf
  }

  private static void sum(final Row row, final double value) {
    row.sum += value;
    row.hasSum = true;
  }

  Map<String, Row> sorted() {
    if (descriptor.type() == MetricType.HISTOGRAM) {
      rows.values().forEach(PytheusRows::separate);
    }
    return new LinkedHashMap<>(rows);
  }

  /** From cumulative counts; they are read one after the other, so a later one may be smaller. */
  private static void separate(final Row row) {
    long below = 0;
    for (int b = 0; b < row.buckets.length; b++) {
      final long upTo = Math.max(below, row.buckets[b]);
      row.buckets[b] = upTo - below;
      below = upTo;
    }
  }
}
