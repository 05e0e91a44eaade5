package io.narthex.backend.redis;

import io.narthex.GaugeMode;
import java.util.List;

/** What is to be done for a family, as operations of {@code apply.lua}. */
final class NativeWriting implements StoreLayout.Writing {
  private final ParcelWriter parcels;
  private final String gaugeCell;
  private final RedisFamily family;

  /** The prefix of fields of the buffer file; null where the buffer is the heap. */
  private final String source;

  NativeWriting(final RedisFamily family, final String process, final String source) {
    this.source = source;
    this.family = family;
    this.parcels = new ParcelWriter(family.units().get(0));
    this.gaugeCell = family.hasParts() ? 'p' + process : "c";
  }

  @Override
  public void create(final RedisSeries series) {
    parcels.operation("N", series.text, Long.toString(series.createdMillis));
  }

  @Override
  public void add(final RedisSeries series, final double amount) {
    parcels.operation("A", "c", series.text, Numbers.text(amount));
  }

  @Override
  public void set(final RedisSeries series, final double value) {
    parcels.operation("S", gaugeCell, series.text, Numbers.text(value));
  }

  @Override
  public void adjust(final RedisSeries series, final double amount) {
    parcels.operation("A", gaugeCell, series.text, Numbers.text(amount));
  }

  @Override
  public void unset(final RedisSeries series) {
    parcels.operation("D", gaugeCell, series.text);
  }

  @Override
  public void observe(final RedisSeries series, final long[] counts, final double sum) {
    parcels.operation("A", "s", series.text, Numbers.text(sum));
    for (int b = 0; b < counts.length; b++) {
      if (counts[b] != 0) {
        parcels.operation("I", "b" + b, series.text, Long.toString(counts[b]));
      }
    }
  }

  @Override
  public void total(final RedisSeries series, final double total) {
    parcels.operation("T", source, "c", series.text, Numbers.text(total));
  }

  @Override
  public void totals(final RedisSeries series, final long[] counts, final double sum) {
    long count = 0;
    for (int b = 0; b < counts.length; b++) {
      count += counts[b];
      if (counts[b] != 0) {
        parcels.operation("T", source, "b" + b, series.text, Long.toString(counts[b]));
      }
    }
    parcels.operation("U", source, series.text, Numbers.text(sum), Long.toString(count));
  }

  @Override
  public void baseline(final RedisSeries series, final double total) {
    parcels.operation("B", source, "c", series.text, Numbers.text(total));
  }

  @Override
  public void baselines(final RedisSeries series, final long[] counts, final double sum) {
    long count = 0;
    for (int b = 0; b < counts.length; b++) {
      count += counts[b];
      parcels.operation("B", source, "b" + b, series.text, Long.toString(counts[b]));
    }
    parcels.operation("B", source, "s", series.text, Numbers.text(sum) + ' ' + count);
  }

  @Override
  public void remove(final String labels) {
    parcels.operation(
        "R",
        labels,
        Integer.toString(family.descriptor().boundCount() + 1),
        family.hasParts() ? "1" : "0");
  }

  @Override
  public void clear() {
    parcels.operation("C");
  }

  @Override
  public void fold(final String labels, final String of) {
    final GaugeMode mode = family.descriptor().gaugeMode();
    parcels.operation("F", mode.name(), 'p' + of, labels);
  }

  @Override
  public List<Parcel> parcels() {
    return parcels.parcels();
  }
}
