package io.narthex.backend.redis;

import io.narthex.backend.CounterSlot;
import io.narthex.backend.LabelSet;
import io.narthex.backend.Slot;

/** A counter: its updates go to a slot of the process's own backend. */
final class RedisCounterSlot extends CounterSlot {
  private final CounterSlot local;
  private final State state;
  private final RedisFamily family;

  /** Null where updates wait for the courier. */
  private final DirectWriter direct;

  RedisCounterSlot(
      final RedisFamily family,
      final LabelSet labels,
      final String text,
      final CounterSlot local,
      final DirectWriter direct) {
    this.family = family;
    this.local = local;
    this.direct = direct;
    this.state = new State(labels, text);
  }

  RedisSeries series() {
    return state;
  }

  @Override
  public void add(final int amount) {
    local.add(amount);
    if (amount == 0) {
      state.touched = true;
    }
    if (direct != null) {
      direct.write(state);
    }
  }

  @Override
  public void add(final double amount) {
    local.add(amount);
    if (amount == 0) {
      state.touched = true;
    }
    if (direct != null) {
      direct.write(state);
    }
  }

  @Override
  public double value() {
    family.freshen();
    return family.isRetired() ? 0 : state.value();
  }

  @Override
  public boolean isOverflow() {
    return local.isOverflow();
  }

  /** What the store held while the cells held something else. */
  private record Base(double cells, double stored) {}

  private final class State extends RedisSeries {
    private volatile boolean touched;
    private volatile Base base = new Base(0, 0);
    private double frozen;
    private double acked;

    State(final LabelSet labels, final String text) {
      super(labels, text);
      final double already = local.value();
      frozen = family.isDurable() && already != 0 ? Double.NaN : already; // nobody knows
      acked = already;
      base = new Base(already, 0);
    }

    double value() {
      final Base from = base;
      return Math.max(0, from.stored + (local.value() - from.cells)); // a removal is under way
    }

    @Override
    Slot slot() {
      return RedisCounterSlot.this;
    }

    @Override
    boolean isShown() {
      return stored || isPending();
    }

    @Override
    boolean isPending() {
      return touched || local.value() != frozen;
    }

    @Override
    void freeze(final OperationSink sink) {
      final boolean created = touched;
      if (created) {
        touched = false; // not unseen, or an update by 0 at this moment would be lost
      }
      final double now = local.value();
      if (!family.isDurable()) {
        sink.add(this, now - frozen);
      } else {
        if (created) {
          sink.add(this, 0);
        }
        sink.total(this, now);
      }
      frozen = now;
      stored = true;
    }

    @Override
    void acknowledge() {
      acked = frozen;
    }

    @Override
    void load(final Row row) {
      final double there = row == null || !row.hasValue ? 0 : row.value;
      final boolean told = row != null && row.told != null;
      base = new Base(told ? row.told.value : acked, there);
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
      frozen = local.value();
      acked = frozen;
      base = new Base(frozen, 0);
    }

    @Override
    boolean isSpoiled() {
      return isTooLarge(local.value());
    }

    @Override
    void baseline(final OperationSink sink) {
      sink.baseline(this, frozen);
    }

    @Override
    void read(final Reading target) {
      target.value = value();
    }
  }
}
