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

  /** What of the values came from the buffer file, by whichever process; null if nothing did. */
  Told told;

  /** What the store was told that a buffer file has counted. */
  static final class Told {
    double value;
    final long[] buckets;
    double sum;

    Told(final int bucketCount) {
      this.buckets = new long[bucketCount];
    }
  }

  Row(final int bucketCount, final boolean withParts) {
    this.buckets = new long[bucketCount];
    this.parts = withParts ? new HashMap<>() : Map.of();
  }
}
