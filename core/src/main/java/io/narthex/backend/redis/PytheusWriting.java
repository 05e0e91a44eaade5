package io.narthex.backend.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** What is to be done for a family, key by key, as pytheus would. */
final class PytheusWriting implements StoreLayout.Writing {
  private final PytheusFields fields;
  private final List<ParcelWriter> units = new ArrayList<>();

  PytheusWriting(final PytheusFields fields, final List<Unit> units) {
    this.fields = fields;
    units.forEach(unit -> this.units.add(new ParcelWriter(unit)));
  }

  private void add(final int unit, final RedisSeries series, final double amount) {
    units.get(unit).operation("A", fields.of(series).get(0), Numbers.text(amount));
  }

  @Override
  public void create(final RedisSeries series) {
    // There is no place for it.
  }

  @Override
  public void add(final RedisSeries series, final double amount) {
    add(0, series, amount);
  }

  @Override
  public void adjust(final RedisSeries series, final double amount) {
    add(0, series, amount);
  }

  @Override
  public void set(final RedisSeries series, final double value) {
    final List<String> all = fields.of(series);
    units.get(0).operation("S", all.get(0), Numbers.text(value));
    // What is set is the value of the series, however often Python wrote it down.
    all.stream().skip(1).forEach(field -> units.get(0).operation("D", field, ""));
  }

  @Override
  public void unset(final RedisSeries series) {
    fields.of(series).forEach(field -> units.get(0).operation("D", field, ""));
  }

  @Override
  public void observe(final RedisSeries series, final long[] counts, final double sum) {
    final int last = units.size() - 2;
    long below = 0;
    for (int b = 0; b < last; b++) { // none for a summary
      below += counts[b];
      add(b, series, (double) below); // of 0 too: Python shows only the buckets that it finds
    }
    add(last, series, sum);
    add(last + 1, series, (double) LongStream.of(counts).sum());
  }

  @Override
  public void total(final RedisSeries series, final double total) {
    throw noBuffer();
  }

  @Override
  public void totals(final RedisSeries series, final long[] counts, final double sum) {
    throw noBuffer();
  }

  @Override
  public void baseline(final RedisSeries series, final double total) {
    throw noBuffer();
  }

  @Override
  public void baselines(final RedisSeries series, final long[] counts, final double sum) {
    throw noBuffer();
  }

  private static UnsupportedOperationException noBuffer() {
    return new UnsupportedOperationException("the layout has no place for what a file counted");
  }

  @Override
  public void remove(final String labels) {
    for (final String field : fields.of(labels)) {
      units.forEach(unit -> unit.operation("D", field, ""));
    }
  }

  @Override
  public void clear() {
    units.forEach(unit -> unit.operation("C", "", ""));
  }

  @Override
  public void fold(final String labels, final String process) {
    throw new UnsupportedOperationException("the layout has no parts of processes");
  }

  @Override
  public List<Parcel> parcels() {
    final List<Parcel> all = new ArrayList<>();
    units.forEach(unit -> all.addAll(unit.parcels()));
    return all;
  }
}
