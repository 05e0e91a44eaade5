package io.narthex;

import io.narthex.backend.Excerpt;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks and keeps what one collector gives at one scrape. */
final class CollectorSink implements Collector.Sink {
  final List<CollectedSample> samples = new ArrayList<>();
  private final Collectors collectors;
  private final long createdMillis;

  CollectorSink(final Collectors collectors, final long createdMillis) {
    this.collectors = collectors;
    this.createdMillis = createdMillis;
  }

  @Override
  public void gauge(
      final String name, final String help, final double value, final String... labels) {
    add(MetricType.GAUGE, name, help, value, labels);
  }

  @Override
  public void counter(
      final String name, final String help, final double value, final String... labels) {
    add(MetricType.COUNTER, name, help, value, labels);
  }

  private void add(
      final MetricType type,
      final String name,
      final String help,
      final double value,
      final String[] labels) {
    try {
      samples.add(sample(type, name, help, value, labels));
    } catch (final IllegalArgumentException | LabelValidationException flaw) {
      collectors.leftOut(flaw.getMessage(), null);
    }
  }

  /** Values that are exported alike are one: a surrogate without its pair becomes "?". */
  private static String exported(final String value) {
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private CollectedSample sample(
      final MetricType type,
      final String name,
      final String help,
      final double value,
      final String[] labels) {
    final FamilyDescriptor family = collectors.descriptor(type, name, help);
    if (type == MetricType.COUNTER && !(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(family + " cannot have the value " + value);
    }
    final LabelSet constant = collectors.constant;
    if (labels.length % 2 != 0 || Arrays.asList(labels).contains(null)) {
      throw new LabelValidationException(
          family + " has a label without a name or a value: " + Excerpt.of(Arrays.asList(labels)));
    }
    final List<String> declared = new ArrayList<>();
    final Map<String, String> identity = new HashMap<>();
    final String[] values = new String[constant.size() + labels.length / 2];
    for (int i = 0; i < constant.size(); i++) {
      values[i] = constant.value(i);
    }
    for (int i = 0; i < labels.length; i += 2) {
      declared.add(labels[i]);
      values[constant.size() + i / 2] = labels[i + 1];
      identity.put(labels[i], exported(labels[i + 1]));
    }
    Names.checkLabels(family, declared, constant);
    final LabelSet all = LabelSet.of(Names.exported(constant, declared), values);
    return new CollectedSample(family, identity, all, value, createdMillis);
  }
}
