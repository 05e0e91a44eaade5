package io.narthex.tools.reading;

import io.narthex.backend.Series;
import java.nio.charset.StandardCharsets;

/** Stands on one series of a reading after the other, for visitors of a backend. */
public final class ReadingCursor implements Series {
  private ReadingSeries series;
  private byte[] labels;

  /** Makes one that stands nowhere as yet. */
  public ReadingCursor() {}

  /**
   * Goes to a series.
   *
   * @param next the series
   * @param labelText what it shows as its labels
   * @return this
   */
  public ReadingCursor moveTo(final ReadingSeries next, final String labelText) {
    series = next;
    labels = labelText.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  @Override
  public int labelsLength() {
    return labels.length;
  }

  @Override
  public void copyLabels(final byte[] target, final int at) {
    System.arraycopy(labels, 0, target, at, labels.length);
  }

  @Override
  public long createdMillis() {
    return series.createdMillis();
  }

  @Override
  public double value() {
    return series.value();
  }

  @Override
  public long bucket(final int index) {
    return series.bucket(index);
  }

  @Override
  public double sum() {
    return series.sum();
  }
}
