package io.narthex.backend;

/** The slot of a counter. */
public abstract class CounterSlot extends Slot {
  /** For subclasses. */
  protected CounterSlot() {}

  /**
   * Adds a whole amount, atomically. An amount of 0 is an update, too: a removed series comes back.
   *
   * @param amount at least 0 and less than 2<sup>31</sup>; the caller has checked it
   */
  public abstract void add(int amount);

  /**
   * Adds any amount, atomically. An amount of 0 is an update, too: a removed series comes back.
   *
   * @param amount finite and not negative; the caller has checked it
   */
  public abstract void add(double amount);

  /**
   * What a scrape would show now.
   *
   * @return the sum of all amounts that were added since the series was created or removed; 0 if
   *     its family was taken out
   */
  public abstract double value();
}
