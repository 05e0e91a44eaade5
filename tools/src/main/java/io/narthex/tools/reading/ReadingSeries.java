package io.narthex.tools.reading;

import io.narthex.backend.Series;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** One series of a {@link Reading}: its labels and its numbers. Immutable. */
public final class ReadingSeries {
  private final String labelText;
  private final long createdMillis;

  /** Or the sum. */
  private final double value;

  /** Null for all but a histogram and a summary. */
  private final long[] buckets;

  private ReadingSeries(
      final String labelText, final long createdMillis, final double value, final long[] buckets) {
    this.labelText = Objects.requireNonNull(labelText, "labelText");
    this.createdMillis = createdMillis;
    this.value = value;
    this.buckets = buckets;
  }

  /**
   * A series of a counter, gauge, info or state set.
   *
   * @param labelText its labels as exposition formats write them, without braces
   * @param createdMillis when it was created or last removed, ms since the epoch
   * @param value its value; of an info 1, of a state set the number of the true state from 1, or 0
   * @return the series
   */
  public static ReadingSeries of(
      final String labelText, final long createdMillis, final double value) {
    return new ReadingSeries(labelText, createdMillis, value, null);
  }

  /**
   * A series of a histogram or summary.
   *
   * @param labelText its labels as exposition formats write them, without braces
   * @param createdMillis when it was created or last removed, ms since the epoch
   * @param sum the sum of what was observed
   * @param buckets the observations in each bucket alone, the last one {@code +Inf}
   * @return the series
   */
  public static ReadingSeries ofDistribution(
      final String labelText, final long createdMillis, final double sum, final long... buckets) {
    return new ReadingSeries(labelText, createdMillis, sum, buckets.clone());
  }

  /** Copies what a cursor stands on; {@code bucketCount} is 0 for what has no buckets. */
  static ReadingSeries copyOf(final Series cursor, final int bucketCount) {
    final byte[] text = new byte[cursor.labelsLength()];
    cursor.copyLabels(text, 0);
    final String labels = new String(text, StandardCharsets.UTF_8);
    if (bucketCount == 0) {
      return of(labels, cursor.createdMillis(), cursor.value());
    }
    final long[] buckets = new long[bucketCount];
    for (int i = 0; i < bucketCount; i++) {
      buckets[i] = cursor.bucket(i);
    }
    return new ReadingSeries(labels, cursor.createdMillis(), cursor.sum(), buckets);
  }

  /**
   * The labels as exposition formats write them, escaped and without braces; it tells the series of
   * a family apart.
   *
   * @return such as {@code method="GET",status="200"}; empty where there are no labels
   */
  public String labelText() {
    return labelText;
  }

  /**
   * The labels by name, in the order of the text, their values not escaped. Made anew at each call.
   *
   * @return a map that is the caller's own
   */
  public Map<String, String> labels() {
    return LabelText.parse(labelText);
  }

  /**
   * When the series was created, or last removed.
   *
   * @return milliseconds since the epoch
   */
  public long createdMillis() {
    return createdMillis;
  }

  /**
   * Whether this is a series of a histogram or summary.
   *
   * @return true if it has buckets and a sum, false if it has a value
   */
  public boolean isDistribution() {
    return buckets != null;
  }

  /**
   * The value of a counter, gauge, info or state set.
   *
   * @return the value; of an info 1, of a state set the number of the true state from 1, or 0
   * @throws IllegalStateException if this is a distribution
   */
  public double value() {
    if (buckets != null) {
      throw new IllegalStateException("a distribution has no value");
    }
    return value;
  }

  /**
   * The sum of what a histogram or summary observed.
   *
   * @return the sum
   * @throws IllegalStateException if this is no distribution
   */
  public double sum() {
    requireBuckets();
    return value;
  }

  /**
   * The number of observations of a histogram or summary.
   *
   * @return the sum of the buckets
   * @throws IllegalStateException if this is no distribution
   */
  public long count() {
    long count = 0;
    for (final long bucket : requireBuckets()) {
      count += bucket;
    }
    return count;
  }

  /**
   * How many buckets there are.
   *
   * @return one more than the family has finite bounds; 0 if this is no distribution
   */
  public int bucketCount() {
    return buckets == null ? 0 : buckets.length;
  }

  /**
   * The count of one bucket, not cumulative.
   *
   * @param index from 0; the last one is {@code +Inf}
   * @return the observations in that bucket alone
   * @throws IllegalStateException if this is no distribution
   */
  public long bucket(final int index) {
    return requireBuckets()[index];
  }

  private long[] requireBuckets() {
    if (buckets == null) {
      throw new IllegalStateException("a series without buckets");
    }
    return buckets;
  }

  /** Whether labels, created time and all numbers are the same, these bit by bit. */
  @Override
  public boolean equals(final Object other) {
    return other instanceof ReadingSeries that
        && labelText.equals(that.labelText)
        && createdMillis == that.createdMillis
        && Double.doubleToLongBits(value) == Double.doubleToLongBits(that.value)
        && Arrays.equals(buckets, that.buckets);
  }

  @Override
  public int hashCode() {
    return Objects.hash(labelText, createdMillis, value, Arrays.hashCode(buckets));
  }

  @Override
  public String toString() {
    return '{'
        + labelText
        + "} "
        + (buckets == null ? value : Arrays.toString(buckets) + " sum " + value);
  }
}
