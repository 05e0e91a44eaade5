package io.narthex.tools.serve;

import io.narthex.backend.Series;
import io.narthex.tools.reading.LabelText;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingSeries;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;

/** Stands on one series of a reading after the other, and gives each one more label. */
final class LabelledCursor implements Series {
  private static final String TAKEN = Reading.SOURCE + "=\"";
  private static final String EXPORTED = "exported_";

  private final String label;
  private ReadingSeries series;
  private byte[] text;

  /**
   * Makes one that stands nowhere as yet.
   *
   * @param label as exposition formats write it; empty for none
   */
  LabelledCursor(final String label) {
    this.label = label;
  }

  void moveTo(final ReadingSeries next) {
    series = next;
    text = labelled(next.labelText()).getBytes(StandardCharsets.UTF_8);
  }

  private String labelled(final String own) {
    if (label.isEmpty()) {
      return own;
    }
    if (own.isEmpty()) {
      return label;
    }
    return (own.contains(TAKEN) ? renamed(own) : own) + ',' + label;
  }

  /** The name of the label is taken: the series' own gets another one, as Prometheus does it. */
  private static String renamed(final String own) {
    final Map<String, String> labels = LabelText.parse(own);
    if (!labels.containsKey(Reading.SOURCE)) {
      return own; // it stood in a value
    }
    String fresh = EXPORTED + Reading.SOURCE;
    while (labels.containsKey(fresh)) {
      fresh = EXPORTED + fresh;
    }
    final StringJoiner out = new StringJoiner(",");
    for (final Map.Entry<String, String> one : labels.entrySet()) {
      final boolean taken = one.getKey().equals(Reading.SOURCE);
      out.add(LabelText.of(taken ? fresh : one.getKey(), one.getValue()));
    }
    return out.toString();
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
