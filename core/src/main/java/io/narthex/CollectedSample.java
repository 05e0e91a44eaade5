package io.narthex;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.Series;
import java.util.Map;

/** One sample of a collector at one scrape. */
final class CollectedSample implements Series {
  final FamilyDescriptor family;

  /** What the series is, in whatever order its labels were given. */
  final Map<String, String> identity;

  final LabelSet labels;
  private final byte[] text;
  private final double value;
  private final long createdMillis;

  CollectedSample(
      final FamilyDescriptor family,
      final Map<String, String> identity,
      final LabelSet labels,
      final double value,
      final long createdMillis) {
    this.family = family;
    this.identity = identity;
    this.labels = labels;
    this.text = labels.text();
    this.value = value;
    this.createdMillis = createdMillis;
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
    throw new UnsupportedOperationException("collectors have no buckets");
  }

  @Override
  public double sum() {
    throw new UnsupportedOperationException("collectors have no sums");
  }
}
