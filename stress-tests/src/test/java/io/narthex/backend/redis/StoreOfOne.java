package io.narthex.backend.redis;

import java.util.Arrays;

/**
 * A store that keeps one series, as a server does with the parcels that it is sent. Others have
 * counted into it before. Of the one buffer file that there may be it keeps what it was told, which
 * two processes may do at once.
 */
final class StoreOfOne implements OperationSink {
  private final long[] buckets;

  /** Of a counter or a gauge, or the sum of a histogram. */
  private double value;

  /** What the buffer file had counted when its growth was last added. */
  private final Row.Told told;

  /** Whether it was told anything but that there is nothing. */
  private boolean everTold;

  /** Of how many observations the sum is that was told. */
  private long toldCount;

  StoreOfOne(final double others, final int buckets) {
    this.value = others;
    this.buckets = new long[buckets];
    this.told = new Row.Told(buckets);
  }

  double value() {
    return value;
  }

  /** A histogram's buckets, not cumulative, and its sum. */
  String text() {
    final StringBuilder text = new StringBuilder();
    for (final long bucket : buckets) {
      text.append(bucket).append(' ');
    }
    return text.append("of ").append(value).toString();
  }

  /** What a reader finds here. */
  synchronized Row row() {
    final Row row = new Row(buckets.length, false);
    row.value = value;
    row.hasValue = true;
    row.sum = value;
    row.hasSum = true;
    System.arraycopy(buckets, 0, row.buckets, 0, buckets.length);
    if (everTold) {
      row.told = new Row.Told(buckets.length);
      row.told.value = told.value;
      row.told.sum = told.sum;
      System.arraycopy(told.buckets, 0, row.told.buckets, 0, buckets.length);
    }
    return row;
  }

  @Override
  public void create(final RedisSeries series) {}

  @Override
  public synchronized void add(final RedisSeries series, final double amount) {
    value += amount;
  }

  @Override
  public void set(final RedisSeries series, final double to) {
    value = to;
  }

  @Override
  public void adjust(final RedisSeries series, final double amount) {
    value += amount;
  }

  @Override
  public void unset(final RedisSeries series) {
    value = 0; // what is adjusted next begins from there
  }

  @Override
  public synchronized void observe(
      final RedisSeries series, final long[] counts, final double sum) {
    for (int b = 0; b < buckets.length; b++) {
      buckets[b] += counts[b];
    }
    value += sum;
  }

  @Override
  public void remove(final String labels) {
    value = 0; // what was told stays
    Arrays.fill(buckets, 0);
  }

  @Override
  public synchronized void total(final RedisSeries series, final double total) {
    if (total > told.value) {
      value += total - told.value;
      told.value = total;
      everTold = true;
    }
  }

  @Override
  public synchronized void totals(final RedisSeries series, final long[] counts, final double sum) {
    long count = 0;
    for (int b = 0; b < buckets.length; b++) {
      count += counts[b];
      if (counts[b] > told.buckets[b]) {
        buckets[b] += counts[b] - told.buckets[b];
        told.buckets[b] = counts[b];
      }
    }
    if (count > 0 && count >= toldCount) {
      value += sum - told.sum;
      told.sum = sum;
      toldCount = count;
      everTold = true;
    }
  }

  @Override
  public void baseline(final RedisSeries series, final double total) {
    told.value = total;
    everTold = true;
  }

  @Override
  public void baselines(final RedisSeries series, final long[] counts, final double sum) {
    System.arraycopy(counts, 0, told.buckets, 0, buckets.length);
    told.sum = sum;
    toldCount = Arrays.stream(counts).sum();
    everTold = true;
  }

  @Override
  public void clear() {
    throw new UnsupportedOperationException("no race clears");
  }

  @Override
  public void fold(final String labels, final String process) {
    throw new UnsupportedOperationException("no process died");
  }
}
