package io.narthex.backend.redis;

import io.narthex.backend.Series;
import java.nio.charset.StandardCharsets;

/** The one object that a visitor sees, loaded with one series after the other. */
final class Reading implements Series {
  long createdMillis;
  double value;
  double sum;
  long[] buckets = {};
  private byte[] text = {};

  void labels(final String labels) {
    this.text = labels.getBytes(StandardCharsets.UTF_8);
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
