package io.narthex.exposition;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import java.nio.charset.StandardCharsets;

/**
 * All text of a family that is the same at every scrape, in bytes. It is made once and kept with
 * the family's descriptor.
 */
final class FamilyText {
  final MetricType type;

  /** The lines before the samples. */
  final byte[] prometheusHeader;

  final byte[] openMetricsHeader;

  /** The sample names, each with the brace that opens the labels; first that of value or bucket. */
  final byte[] sample;

  final byte[] sum;
  final byte[] count;
  final byte[] created;

  /**
   * The label that ends the line of each bucket or state, and its closing brace: {@code le="0.5"}
   * }.
   */
  final byte[][] lastLabels;

  /** Whether a bucket bound is negative, for which OpenMetrics has a rule. */
  final boolean negativeBound;

  private FamilyText(final FamilyDescriptor family) {
    final String name = family.name();
    this.type = family.type();
    this.prometheusHeader = bytes(prometheusHeader(family));
    this.openMetricsHeader = bytes(openMetricsHeader(family));
    this.sample =
        bytes(name + (type == MetricType.HISTOGRAM ? "_bucket{" : type.nameSuffix() + '{'));
    this.sum = bytes(name + "_sum{");
    this.count = bytes(name + "_count{");
    this.created = bytes(name + "_created{");
    this.lastLabels = lastLabels(family);
    this.negativeBound = family.boundCount() > 0 && family.bound(0) < 0;
  }

  static FamilyText of(final FamilyDescriptor family) {
    return family.derived(FamilyText.class, FamilyText::new);
  }

  private static String prometheusHeader(final FamilyDescriptor family) {
    final String name = family.name() + family.type().nameSuffix();
    final String help =
        family.help().isEmpty() ? "" : "# HELP " + name + ' ' + escapeHelp(family.help()) + '\n';
    return help + "# TYPE " + name + ' ' + prometheusType(family.type()) + '\n';
  }

  private static String openMetricsHeader(final FamilyDescriptor family) {
    final String name = family.name();
    final StringBuilder out = new StringBuilder();
    out.append("# TYPE ").append(name).append(' ').append(family.type().text()).append('\n');
    if (hasUnit(family)) {
      out.append("# UNIT ").append(name).append(' ').append(family.unit()).append('\n');
    }
    if (!family.help().isEmpty()) {
      out.append("# HELP ").append(name).append(' ').append(escape(family.help())).append('\n');
    }
    return out.toString();
  }

  /** Text 0.0.4 knows neither info nor state sets. */
  private static String prometheusType(final MetricType type) {
    return isOnlyInOpenMetrics(type) ? MetricType.GAUGE.text() : type.text();
  }

  private static boolean hasUnit(final FamilyDescriptor family) {
    return !family.unit().isEmpty()
        && family.name().endsWith('_' + family.unit())
        && !isOnlyInOpenMetrics(family.type());
  }

  private static boolean isOnlyInOpenMetrics(final MetricType type) {
    return type == MetricType.INFO || type == MetricType.STATESET;
  }

  private static byte[][] lastLabels(final FamilyDescriptor family) {
    if (family.type() == MetricType.STATESET) {
      return family.states().stream()
          .map(state -> lastLabel(family.name(), escape(state)))
          .toArray(byte[][]::new);
    }
    if (family.type() != MetricType.HISTOGRAM) {
      return new byte[0][];
    }
    final byte[][] labels = new byte[family.boundCount() + 1][];
    for (int i = 0; i < family.boundCount(); i++) {
      labels[i] = lastLabel("le", TextFormat.boundText(family.bound(i)));
    }
    labels[family.boundCount()] = lastLabel("le", "+Inf");
    return labels;
  }

  private static byte[] lastLabel(final String name, final String value) {
    return bytes(name + "=\"" + value + "\"} ");
  }

  /** For HELP of text 0.0.4, which leaves quotes as they are. */
  private static String escapeHelp(final String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }

  /** For label values, and for HELP of OpenMetrics. */
  private static String escape(final String text) {
    return escapeHelp(text).replace("\"", "\\\"");
  }

  private static byte[] bytes(final String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
