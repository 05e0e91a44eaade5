package io.narthex.backend.redis;

import io.narthex.backend.GaugeSlot;
import io.narthex.backend.LabelSet;
import io.narthex.backend.Slot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A gauge, info or state set: one cell of this process, and a mark that it was set and not only
 * added to. What was added is carried as such, so that others' additions stay; what was set
 * replaces them.
 *
 * <p>{@code set} marks before it stores and again after: a courier that comes between the two
 * carries the old value as set, which is as if it had come earlier, and then the new one.
 */
final class RedisGaugeSlot extends GaugeSlot {
  /** A NaN that no {@link #set} stores, since that stores the one canonical NaN for all of them. */
  private static final long UNSET = 0x7ff8_6e61_7274_6865L;

  private static final VarHandle BITS;

  static {
    try {
      BITS = MethodHandles.lookup().findVarHandle(RedisGaugeSlot.class, "bits", long.class);
    } catch (final ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final RedisFamily family;
  private final State state;

  /** Null where updates wait for the courier. */
  private final DirectWriter direct;

  private volatile long bits = UNSET;
  private volatile boolean marked;
  private volatile boolean everSet;

  RedisGaugeSlot(
      final RedisFamily family,
      final LabelSet labels,
      final String text,
      final DirectWriter direct) {
    this.family = family;
    this.direct = direct;
    this.state = new State(labels, text);
  }

  RedisSeries series() {
    return state;
  }

  @Override
  public void set(final double value) {
    store(Double.doubleToLongBits(value));
  }

  @Override
  public void unset() {
    store(UNSET);
  }

  private void store(final long value) {
    mark();
    bits = value;
    mark();
    if (direct != null) {
      direct.write(state);
    }
  }

  private void mark() {
    if (!marked) {
      everSet = true;
      marked = true;
    }
  }

  @Override
  public void add(final double amount) {
    long seen = bits;
    while (!BITS.weakCompareAndSet(this, seen, sum(seen, amount))) {
      seen = bits;
    }
    if (amount == 0) {
      state.touched = true;
    }
    if (direct != null) {
      direct.write(state);
    }
  }

  private static long sum(final long seen, final double amount) {
    return Double.doubleToLongBits(seen == UNSET ? amount : Double.longBitsToDouble(seen) + amount);
  }

  @Override
  public double value() {
    family.freshen();
    return family.isRetired() ? Double.NaN : family.gaugeValue(state.text, state.own());
  }

  @Override
  public boolean isOverflow() {
    return family.isOverflow(state.labels);
  }

  /** What the store held of this process's while the cell held something else. */
  private record Base(long cell, long stored) {}

  private final class State extends RedisSeries {
    private volatile boolean touched;
    private volatile Base base = new Base(UNSET, UNSET);
    private long frozen = UNSET;
    private long acked = UNSET;

    State(final LabelSet labels, final String text) {
      super(labels, text);
    }

    private Double own() {
      // In this order: set marks before it stores, and the courier changes the base before it takes
      // the mark off.
      final long cell = bits;
      final boolean set = marked;
      final Base from = base;
      final long now;
      if (set || from.cell == from.stored) {
        now = cell;
      } else if (cell == from.cell) {
        now = from.stored;
      } else {
        now = sum(from.stored, grown(from.cell, cell));
      }
      if (now == UNSET) {
        return touched && family.startsAtZero() ? Double.valueOf(0) : null;
      }
      return Double.longBitsToDouble(now);
    }

    private static double grown(final long before, final long after) {
      return number(after) - number(before);
    }

    private static double number(final long bits) {
      return bits == UNSET ? 0 : Double.longBitsToDouble(bits);
    }

    @Override
    Slot slot() {
      return RedisGaugeSlot.this;
    }

    @Override
    boolean isShown() {
      return own() != null;
    }

    @Override
    boolean isPending() {
      return marked || touched || bits != frozen;
    }

    @Override
    void freeze(final OperationSink sink) {
      boolean set = takeMark();
      final boolean created = touched;
      if (created) {
        touched = false;
      }
      long cell = bits;
      if (!set && takeMark()) {
        set = true; // since the first look: the cell may hold what it was set to, or soon will
        cell = bits;
      }
      final double amount = grown(frozen, cell);
      if (cell == UNSET) {
        if (set || frozen != UNSET) {
          sink.unset(this);
          base = new Base(UNSET, UNSET);
        } else if (created) {
          sink.adjust(this, 0);
          if (base.stored == UNSET) {
            base = new Base(UNSET, Double.doubleToLongBits(0));
          }
        }
      } else if (set || !Double.isFinite(amount)) {
        sink.set(this, Double.longBitsToDouble(cell));
        base = new Base(cell, cell);
      } else if (created || cell != frozen) {
        sink.adjust(this, amount);
      }
      frozen = cell;
      stored = true;
    }

    /**
     * Whether it was set since the last time. Only a mark that was seen is taken off, or one that
     * is made at that moment would be lost, and what was set would be carried as if it were added.
     */
    private boolean takeMark() {
      if (!marked) {
        return false;
      }
      base = new Base(UNSET, UNSET); // so that the cell alone tells the value without the mark, too
      marked = false;
      return true;
    }

    @Override
    void acknowledge() {
      acked = frozen;
    }

    @Override
    void load(final Row row) {
      final Double there = family.own(row);
      base = new Base(acked, there == null ? UNSET : Double.doubleToLongBits(there));
    }

    @Override
    void touch() {
      touched = true;
    }

    /**
     * Nothing of what this process did is in the store, but for the parcel that is under way. A
     * value that was set is set again; what was only added is added again, as others do with
     * theirs.
     */
    @Override
    void resend() {
      final Double own = own();
      if (own == null) {
        return;
      }
      touched = true;
      final long cell = bits;
      if (cell == UNSET) {
        return;
      }
      final double all = Double.longBitsToDouble(cell);
      final double mine = family.hasParts() ? own : all;
      final double start = all - mine + grown(acked, frozen);
      if (!Double.isFinite(start) || (family.hasParts() ? own == all : everSet)) {
        mark();
      } else {
        frozen = Double.doubleToLongBits(start);
        acked = frozen;
      }
    }

    @Override
    void forget() {
      bits = UNSET;
      marked = false;
      touched = false;
      frozen = UNSET;
      acked = UNSET;
      base = new Base(UNSET, UNSET);
    }

    @Override
    void read(final Reading target) {
      final Double own = own();
      target.value = own == null ? Double.NaN : own;
    }

    @Override
    Double part() {
      return own();
    }
  }
}
