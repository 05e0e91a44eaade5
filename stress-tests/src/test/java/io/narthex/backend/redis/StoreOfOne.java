package io.narthex.backend.redis;

/**
 * A store that keeps one series, as a server does with the parcels that it is sent. Others have
 * counted into it before.
 */
final class StoreOfOne implements OperationSink {
  private final long[] buckets;

  /** Of a counter or a gauge, or the sum of a histogram. */
  private double value;

  StoreOfOne(final double others, final int buckets) {
    this.value = others;
    this.buckets = new long[buckets];
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

  @Override
  public void create(final RedisSeries series) {}

  @Override
  public void add(final RedisSeries series, final double amount) {
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
  public void observe(final RedisSeries series, final long[] counts, final double sum) {
    for (int b = 0; b < buckets.length; b++) {
      buckets[b] += counts[b];
    }
    value += sum;
  }

  @Override
  public void remove(final String labels) {
    value = 0;
  }

  @Override
  public void total(final RedisSeries series, final double total) {
    throw new UnsupportedOperationException("there is no buffer file");
  }

  @Override
  public void totals(final RedisSeries series, final long[] counts, final double sum) {
    throw new UnsupportedOperationException("there is no buffer file");
  }

  @Override
  public void baseline(final RedisSeries series, final double total) {
    throw new UnsupportedOperationException("there is no buffer file");
  }

  @Override
  public void baselines(final RedisSeries series, final long[] counts, final double sum) {
    throw new UnsupportedOperationException("there is no buffer file");
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
