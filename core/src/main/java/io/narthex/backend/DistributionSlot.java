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
   * Counts many observations of one bucket, for whoever carries counts over from elsewhere. Unless
   * a subclass does it in one step it takes as long as so many calls of {@link #observe}, and the
   * sum goes to the last of them.
   *
   * @param bucket the index of the bucket, as in {@link #observe}
   * @param count how many, at least 1
   * @param sum of their values together, not NaN
   */
  public void observeMany(final int bucket, final long count, final double sum) {
    for (long i = 1; i < count; i++) {
      observe(bucket, 0);
    }
    observe(bucket, sum);
  }

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
   * Reads all buckets as {@link #bucket} does one by one, which is what it does unless a subclass
   * reads them in one step.
   *
   * @param counts takes them, as long as the family has finite bounds and one more
   */
  public void buckets(final long[] counts) {
    for (int b = 0; b < counts.length; b++) {
      counts[b] = bucket(b);
    }
  }

  /**
   * The sum of the observed values that a scrape would show now.
   *
   * @return the sum since the series was created or removed; 0 if its family was taken out
   */
  public abstract double sum();
}
