package io.narthex.backend;

/** The slot of a histogram or of a summary; a summary is a histogram of one bucket. */
public abstract class DistributionSlot extends Slot {
  /** For subclasses. */
  protected DistributionSlot() {}

  /**
   * Counts one observation: one atomic add to its bucket, then one to the sum. A reader may see the
   * first without the second.
   *
   * @param bucket the index of the bucket, from 0 up to the number of the family's finite bounds
   *     (the last one is {@code +Inf}); the caller has found it
   * @param value the observed value, not NaN
   */
  public abstract void observe(int bucket, double value);

  /**
   * The number of observations that a scrape would show now: the sum over all buckets.
   *
   * @return the count since the series was created or removed; 0 if its family was taken out
   */
  public abstract long count();

  /**
   * The observations in one bucket that a scrape would show now, not cumulative.
   *
   * @param index from 0 up to the number of the family's finite bounds
   * @return the count since the series was created or removed; 0 if its family was taken out
   */
  public abstract long bucket(int index);

  /**
   * The sum of the observed values that a scrape would show now.
   *
   * @return the sum since the series was created or removed; 0 if its family was taken out
   */
  public abstract double sum();
}
