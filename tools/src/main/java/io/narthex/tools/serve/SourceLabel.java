package io.narthex.tools.serve;

import io.narthex.tools.reading.LabelText;
import java.util.Map;
import java.util.StringJoiner;

/** The label that tells of a series which file it is from. */
final class SourceLabel {
  /** What it is called. */
  static final String NAME = "source";

  private static final String TAKEN = NAME + "=\"";
  private static final String EXPORTED = "exported_";

  private final String label;

  /**
   * Makes one.
   *
   * @param label as exposition formats write it; empty for none
   */
  SourceLabel(final String label) {
    this.label = label;
  }

  /** The labels of a series, and this one. */
  String after(final String own) {
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
    if (!labels.containsKey(NAME)) {
      return own; // it stood in a value
    }
    String fresh = EXPORTED + NAME;
    while (labels.containsKey(fresh)) {
      fresh = EXPORTED + fresh;
    }
    final StringJoiner out = new StringJoiner(",");
    for (final Map.Entry<String, String> one : labels.entrySet()) {
      final boolean taken = one.getKey().equals(NAME);
      out.add(LabelText.of(taken ? fresh : one.getKey(), one.getValue()));
    }
    return out.toString();
  }
}
