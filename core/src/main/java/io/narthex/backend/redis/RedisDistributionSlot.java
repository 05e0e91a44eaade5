package io.narthex.backend.redis;

import io.narthex.backend.DistributionSlot;
import io.narthex.backend.LabelSet;
import io.narthex.backend.Slot;
import java.util.Arrays;

/** A histogram or summary: its updates go to a slot of the process's own backend. */
final class RedisDistributionSlot extends DistributionSlot {
  private final DistributionSlot local;
  private final int buckets;
  private final State state;
  private final RedisFamily family;

  /** Null where updates wait for the courier. */
  private final DirectWriter direct;

  RedisDistributionSlot(
      final RedisFamily family,
      final LabelSet labels,
      final String text,
      final DistributionSlot local,
      final DirectWriter direct) {
    this.family = family;
    this.local = local;
    this.buckets = family.descriptor().boundCount() + 1;
    this.direct = direct;
    this.state = new State(labels, text);
  }

  RedisSeries series() {
    return state;
  }

  @Override
  public void observe(final int bucket, final double value) {
    local.observe(bucket, value);
    if (direct != null) {
      direct.write(state);
    }
  }

  @Override
  public void observeMany(final int bucket, final long count, final double sum) {
    local.observeMany(bucket, count, sum);
    if (direct != null) {
      direct.write(state);
    }
  }

  @Override
  public long count() {
    final long[] counts = new long[buckets];
    buckets(counts);
    long count = 0;
    for (final long bucket : counts) {
      count += bucket;
    }
    return count;
  }

  private long[] localCounts() {
    final long[] counts = new long[buckets];
    local.buckets(counts);
    return counts;
  }

  @Override
  public long bucket(final int index) {
    family.freshen();
    return family.isRetired() ? 0 : state.base.stored(index, local.bucket(index));
  }

  @Override
  public void buckets(final long[] counts) {
    family.freshen();
    if (family.isRetired()) {
      Arrays.fill(counts, 0);
    } else {
      local.buckets(counts);
      state.base.toStored(counts);
    }
  }

  @Override
  public double sum() {
    family.freshen();
    return family.isRetired() ? 0 : state.base.storedSum(local.sum());
  }

  @Override
  public boolean isOverflow() {
    return local.isOverflow();
  }

  /** The numbers of the cells at one moment. */
  private static final class Cells {
    final long[] counts;
    final double sum;

    Cells(final long[] counts, final double sum) {
      this.counts = counts;
      this.sum = sum;
    }
  }

  /** What the store held while the cells held something else. */
  private static final class Base {
    private final Cells cells;
    private final long[] counts;
    private final double sum;

    Base(final Cells cells, final long[] counts, final double sum) {
      this.cells = cells;
      this.counts = counts;
      this.sum = sum;
    }

    long stored(final int bucket, final long now) {
      return Math.max(0, counts[bucket] + (now - cells.counts[bucket])); // a removal is under way
    }

    void toStored(final long[] now) {
      for (int b = 0; b < now.length; b++) {
        now[b] = stored(b, now[b]);
      }
    }

    double storedSum(final double now) {
      final double grown = now - cells.sum;
      // Infinity less infinity: nothing that is left to add would change it.
      return sum + (Double.isNaN(grown) && !Double.isNaN(now) ? 0 : grown);
    }
  }

  private final class State extends RedisSeries {
    private volatile boolean touched;
    private volatile Base base;
    private Cells frozen;
    private Cells acked;

    /** Another process of the buffer file has told an older sum since. */
    private volatile boolean overtaken;

    State(final LabelSet labels, final String text) {
      super(labels, text);
      forget();
      final boolean any = frozen.sum != 0 || local.count() != 0;
      if (family.isDurable() && any) {
        frozen = new Cells(frozen.counts, Double.NaN); // nobody knows
      }
    }

    private Cells now() {
      return new Cells(localCounts(), local.sum());
    }

    @Override
    Slot slot() {
      return RedisDistributionSlot.this;
    }

    @Override
    boolean isShown() {
      return stored || isPending();
    }

    @Override
    boolean isPending() {
      return touched
          || overtaken
          || Double.compare(local.sum(), frozen.sum) != 0
          || !Arrays.equals(localCounts(), frozen.counts);
    }

    @Override
    void freeze(final OperationSink sink) {
      final boolean created = touched;
      if (created) {
        touched = false;
      }
      final Cells now = now();
      if (family.isDurable()) {
        if (created) {
          sink.observe(this, new long[buckets], 0);
        }
        sink.totals(this, now.counts, now.sum);
        overtaken = false;
        frozen = now;
        stored = true;
        return;
      }
      final long[] grown = new long[buckets];
      for (int b = 0; b < buckets; b++) {
        grown[b] = now.counts[b] - frozen.counts[b];
      }
      final double sum = now.sum - frozen.sum;
      sink.observe(this, grown, Double.isNaN(sum) && !Double.isNaN(now.sum) ? 0 : sum);
      frozen = now;
      stored = true;
    }

    @Override
    void acknowledge() {
      acked = frozen;
    }

    @Override
    void load(final Row row) {
      overtaken = false;
      if (row == null) {
        base = new Base(acked, new long[buckets], 0);
      } else if (row.told == null) {
        base = new Base(acked, row.buckets, row.sum);
      } else {
        base = new Base(new Cells(row.told.buckets, row.told.sum), row.buckets, row.sum);
        overtaken = row.hasSum && isOlder(row.told);
      }
    }

    /**
     * Whoever reads the file while another process observes may find the bucket and not the sum. It
     * tells the rest later, unless it is killed.
     */
    private boolean isOlder(final Row.Told told) {
      return Double.compare(told.sum, frozen.sum) != 0
          && Arrays.equals(told.buckets, frozen.counts);
    }

    @Override
    void touch() {
      touched = true;
    }

    @Override
    void resend() {
      touched |= stored;
    }

    @Override
    void forget() {
      touched = false;
      overtaken = false;
      frozen = now();
      acked = frozen;
      base = new Base(frozen, new long[buckets], 0);
    }

    @Override
    boolean isSpoiled() {
      return isTooLarge(local.sum());
    }

    @Override
    void baseline(final OperationSink sink) {
      sink.baselines(this, frozen.counts, frozen.sum);
    }

    @Override
    void read(final Reading target) {
      final Base from = base;
      target.buckets = localCounts();
      from.toStored(target.buckets);
      target.sum = from.storedSum(local.sum());
    }
  }
}
