package io.narthex.backend;

/**
 * What a visitor sees of one series. It is a cursor over the backend's own memory: valid only
 * during the call that hands it out, for use by that thread only, and the same object every time.
 *
 * <p>The numbers are one reading: two calls of one method during one visit return the same.
 */
public interface Series {
  /**
   * The length of the label text.
   *
   * @return the number of bytes that {@link #copyLabels} copies; 0 for a series without labels
   */
  int labelsLength();

  /**
   * Copies the label text as exposition formats write it, in UTF-8, names and escaped values,
   * without braces: {@code method="GET",status="200"}. A gauge of mode {@code ALL} or {@code
   * LIVE_ALL} has the label {@code pid} after its others.
   *
   * @param target where to copy to
   * @param at the index of the first byte in it
   */
  void copyLabels(byte[] target, int at);

  /**
   * When the series was created, or last removed.
   *
   * @return milliseconds since the epoch
   */
  long createdMillis();

  /**
   * The value of a counter, gauge, info or state set.
   *
   * @return the value; of an info 1, of a state set the number of the true state counted from 1, or
   *     0
   */
  double value();

  /**
   * The count of one bucket of a histogram or summary, not cumulative.
   *
   * @param index from 0 up to the number of the family's finite bounds
   * @return the observations in that bucket alone
   */
  long bucket(int index);

  /**
   * The sum of the observed values of a histogram or summary.
   *
   * @return the sum
   */
  double sum();
}
