package io.narthex.backend.redis;

import io.narthex.backend.LabelSet;
import io.narthex.backend.Slot;

/**
 * One series that this process counts into. Its updates go to cells of the process without asking
 * anybody; the courier reads the cells, and what they grew by since it last did is what it carries.
 *
 * <pre>
 *   cells:  ----acked=======frozen========now---&gt;
 *                  in the parcel   pending
 *   value:  what the store held when it was last read, and what the cells grew by since
 * </pre>
 *
 * <p>{@link #freeze}, {@link #acknowledge}, {@link #load} and {@link #forget} are called under the
 * family's lock.
 */
abstract class RedisSeries {
  private static final double TOO_LARGE = 0x1p53;

  final LabelSet labels;

  /** The label text, by which the series is told apart. */
  final String text;

  /** Of its creation, or removal; for as long as the store has not said. */
  long createdMillis = System.currentTimeMillis();

  /** How often it was removed: what was frozen before is not acknowledged after. */
  int removals;

  /** Whether the store has, or is about to get, the series. */
  boolean stored;

  RedisSeries(final LabelSet labels, final String text) {
    this.labels = labels;
    this.text = text;
  }

  abstract Slot slot();

  /** Whether it is to be shown, be it that the store has it or that it is about to. */
  abstract boolean isShown();

  /** Whether there is something to carry. */
  abstract boolean isPending();

  /** Writes what the cells grew by since the last time. */
  abstract void freeze(OperationSink sink);

  /** What was frozen last is in the store. */
  abstract void acknowledge();

  /**
   * Takes over what the store holds now, which is what is acknowledged and what others did.
   *
   * @param row what it holds, or null if it does not hold the series
   */
  abstract void load(Row row);

  /** Asks for the series to be stored although nothing was added: it was created, or came back. */
  abstract void touch();

  /** The store lost what it held: what has to be there without further updates is sent again. */
  abstract void resend();

  /** Starts from zero: what was not carried yet never will be. */
  abstract void forget();

  /** Whether the cells hold so much that what is added may not show any more. */
  boolean isSpoiled() {
    return false;
  }

  /** Whether a sum of doubles is of that size, infinite, or NaN. */
  static boolean isTooLarge(final double sum) {
    return !(Math.abs(sum) < TOO_LARGE);
  }

  /** Tells the store where zero is, after it was removed there; for what a buffer file counts. */
  void baseline(final OperationSink sink) {}

  /** The numbers that a scrape shows; of a gauge with parts only this process's own. */
  abstract void read(Reading target);

  /** The value of a gauge, or this process's part of it; null if there is none. */
  Double part() {
    return null;
  }
}
