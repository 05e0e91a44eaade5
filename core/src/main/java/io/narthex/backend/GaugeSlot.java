package io.narthex.backend;

/**
 * The slot of a series whose value is one number that can be set: a gauge, an info (1 once it is
 * set) or a state set (0: no state is true; n: the n-th state is, counted from 1).
 */
public abstract class GaugeSlot extends Slot {
  /** For subclasses. */
  protected GaugeSlot() {}

  /**
   * Sets the value with volatile semantics.
   *
   * @param value any double, NaN and infinities included
   */
  public abstract void set(double value);

  /**
   * Adds to the value, atomically; a series that has no value counts as 0.
   *
   * @param amount any double, negative ones included
   */
  public abstract void add(double amount);

  /**
   * Takes this process's part away with volatile semantics: where no other process has one, the
   * series is not shown until the next {@link #set} or {@link #add}, which starts from 0. Of two
   * calls that overlap, either may come last. A gauge of mode {@code SHARED} and a state set have
   * one part, which is that of all processes.
   */
  public abstract void unset();

  /**
   * What a scrape would show now.
   *
   * @return the value, or NaN where a scrape shows no series: none was set, or its family was taken
   *     out
   */
  public abstract double value();
}
