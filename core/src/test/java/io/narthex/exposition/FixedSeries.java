package io.narthex.exposition;

import io.narthex.backend.LabelSet;
import io.narthex.backend.Series;
import java.util.stream.IntStream;

/** A series that says what a test told it to. */
final class FixedSeries implements Series {
  /** Creation time of every series that has one. */
  static final long CREATED = 1_520_872_607_123L;

  private final byte[] labels;
  private final double value;
  private final long[] buckets;
  private final long created;

  private FixedSeries(
      final byte[] labels, final double value, final long[] buckets, final long created) {
    this.labels = labels;
    this.value = value;
    this.buckets = buckets;
    this.created = created;
  }

  /** Labels as alternating names and values. */
  static FixedSeries of(final double value, final String... labels) {
    return new FixedSeries(text(labels), value, new long[0], CREATED);
  }

  static FixedSeries distribution(final double sum, final long[] buckets, final String... labels) {
    return new FixedSeries(text(labels), sum, buckets, CREATED);
  }

  FixedSeries created(final long millis) {
    return new FixedSeries(labels, value, buckets, millis);
  }

  private static byte[] text(final String... labels) {
    final String[] names =
        IntStream.range(0, labels.length / 2).mapToObj(i -> labels[2 * i]).toArray(String[]::new);
    final String[] values =
        IntStream.range(0, labels.length / 2)
            .mapToObj(i -> labels[2 * i + 1])
            .toArray(String[]::new);
    return LabelSet.of(names, values).text();
  }

  @Override
  public int labelsLength() {
    return labels.length;
  }

  @Override
  public void copyLabels(final byte[] target, final int at) {
    System.arraycopy(labels, 0, target, at, labels.length);
  }

  @Override
  public long createdMillis() {
    return created;
  }

  @Override
  public double value() {
    return value;
  }

  @Override
  public long bucket(final int index) {
    return buckets[index];
  }

  @Override
  public double sum() {
    return value;
  }
}
