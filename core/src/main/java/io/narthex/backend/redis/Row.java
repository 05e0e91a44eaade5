package io.narthex.backend.redis;

import java.util.HashMap;
import java.util.Map;

/** One series as the store held it when it was read. */
final class Row {
  /** Of a counter, gauge or state set; of gauges with parts, what dead processes left. */
  double value = Double.NaN;

  boolean hasValue;

  /** Of gauges with parts and of infos: by process. */
  final Map<String, Double> parts;

  long[] buckets;
  double sum;
  boolean hasSum;
  long createdMillis;

  Row(final int bucketCount, final boolean withParts) {
    this.buckets = new long[bucketCount];
    this.parts = withParts ? new HashMap<>() : Map.of();
  }
}
