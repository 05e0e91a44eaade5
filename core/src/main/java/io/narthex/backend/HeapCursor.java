package io.narthex.backend;

import java.util.Arrays;

/** The one object that a visitor of the heap sees, loaded with one series after the other. */
final class HeapCursor implements Series {
  private static final long[] NONE = {};

  byte[] text;
  long createdMillis;
  double value;
  double sum;
  long[] buckets = NONE;

  void room(final int count) {
    if (buckets.length < count) {
      buckets = new long[count];
    }
  }

  void clear() {
    value = 0;
    sum = 0;
    Arrays.fill(buckets, 0);
  }

  @Override
  public int labelsLength() {
    return text.length;
  }

  @Override
  public void copyLabels(final byte[] target, final int at) {
    System.arraycopy(text, 0, target, at, text.length);
  }

  @Override
  public long createdMillis() {
    return createdMillis;
  }

  @Override
  public double value() {
    return value;
  }

  @Override
  public long bucket(final int index) {
    return buckets[index];
  }

  @Override
  public double sum() {
    return sum;
  }
}
