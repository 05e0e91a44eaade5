package io.narthex.jmh.chronicle;

import io.narthex.backend.Series;

/** What a visitor sees, loaded with one series after the other. */
final class ChronicleCursor implements Series {
  byte[] text;
  long createdMillis;
  double value;
  double sum;
  long[] buckets = new long[16];

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
