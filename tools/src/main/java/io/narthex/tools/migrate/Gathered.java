package io.narthex.tools.migrate;

import io.narthex.GaugeMode;
import io.narthex.backend.Excerpt;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts the numbers of other libraries, which come one by one, together to metrics. What a Narthex
 * file cannot hold is left out with a remark.
 */
final class Gathered {
  private static final double WHOLE_MAX = 0x1p53;

  private final Map<String, Metric> metrics = new TreeMap<>();
  private final Map<String, List<String>> labelOrders;
  private final Set<String> remarks = new LinkedHashSet<>();

  /**
   * Begins with nothing.
   *
   * @param labelOrders by the name of a metric, the order in which its labels are to be declared;
   *     for the others they are declared as they come first
   */
  Gathered(final Map<String, List<String>> labelOrders) {
    this.labelOrders = labelOrders;
  }

  /** How two numbers of one series become one. */
  enum Combining {
    SUM,
    LEAST,
    GREATEST,
    LATEST
  }

  private static final class Metric {
    final MetricType type;
    final GaugeMode mode;
    final String help;
    final Map<Map<String, String>, Numbers> series = new LinkedHashMap<>();

    Metric(final MetricType type, final GaugeMode mode, final String help) {
      this.type = type;
      this.mode = mode;
      this.help = help;
    }
  }

  private static final class Numbers {
    double value;
    double sum;
    double count;
    double timestamp;
    boolean isThere;
    final Map<Double, Double> buckets = new TreeMap<>();
  }

  void remark(final String text) {
    remarks.add(text);
  }

  /** Adds to a counter. */
  void counter(
      final String name, final String help, final Map<String, String> labels, final double value) {
    final Numbers numbers = numbers(name, MetricType.COUNTER, GaugeMode.SHARED, help, labels);
    if (numbers != null) {
      numbers.value += value;
    }
  }

  /** Combines with a gauge. */
  void gauge(
      final String name,
      final String help,
      final GaugeMode mode,
      final Combining combining,
      final Map<String, String> labels,
      final double value,
      final double timestamp) {
    final Numbers numbers = numbers(name, MetricType.GAUGE, mode, help, labels);
    if (numbers == null) {
      return;
    }
    final boolean isFirst = !numbers.isThere;
    final boolean isTaken =
        switch (combining) {
          case SUM -> false;
          case LEAST -> value < numbers.value;
          case GREATEST -> value > numbers.value;
          case LATEST -> timestamp >= numbers.timestamp;
        };
    if (isFirst || isTaken) {
      numbers.value = value;
      numbers.timestamp = timestamp;
    } else if (combining == Combining.SUM) {
      numbers.value += value;
    }
    numbers.isThere = true;
  }

  /** Adds to the sum of a histogram or summary. */
  void sum(
      final String name,
      final MetricType type,
      final String help,
      final Map<String, String> labels,
      final double value) {
    final Numbers numbers = numbers(name, type, GaugeMode.SHARED, help, labels);
    if (numbers != null) {
      numbers.sum += value;
    }
  }

  /** Adds to the count of a summary. */
  void count(
      final String name, final String help, final Map<String, String> labels, final double value) {
    final Numbers numbers = numbers(name, MetricType.SUMMARY, GaugeMode.SHARED, help, labels);
    if (numbers != null) {
      numbers.count += value;
    }
  }

  /** Adds to one bucket of a histogram alone. */
  void bucket(
      final String name,
      final String help,
      final Map<String, String> labels,
      final double bound,
      final double value) {
    final Numbers numbers = numbers(name, MetricType.HISTOGRAM, GaugeMode.SHARED, help, labels);
    if (numbers != null) {
      numbers.buckets.merge(bound, value, Double::sum);
    }
  }

  private Numbers numbers(
      final String name,
      final MetricType type,
      final GaugeMode mode,
      final String help,
      final Map<String, String> labels) {
    final Metric metric = metrics.computeIfAbsent(name, key -> new Metric(type, mode, help));
    if (metric.type != type || metric.mode != mode) {
      remark(
          "left out: "
              + type.text()
              + ' '
              + Excerpt.of(name)
              + ", as there is a "
              + metric.type.text()
              + " of that name, or one of another mode");
      return null;
    }
    return metric.series.computeIfAbsent(new LinkedHashMap<>(labels), key -> new Numbers());
  }

  /** All that was gathered and that a file can hold. */
  Origin origin() {
    final long now = System.currentTimeMillis();
    final List<ReadingFamily> families = new ArrayList<>();
    metrics.forEach((name, metric) -> families.add(family(name, metric, now)));
    families.removeIf(family -> family.series().isEmpty());
    return new Origin(Reading.of(now, families), List.copyOf(remarks));
  }

  private ReadingFamily family(final String name, final Metric metric, final long now) {
    final List<String> names = labelNames(name, metric);
    final double[] bounds = bounds(metric);
    final String suffix = metric.type.nameSuffix();
    final FamilyDescriptor descriptor =
        FamilyDescriptor.builder(
                metric.type,
                name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name)
            .help(metric.help)
            .labelNames(names)
            .gaugeMode(metric.mode)
            .bounds(bounds)
            .build();
    final List<ReadingSeries> series = new ArrayList<>();
    metric.series.forEach(
        (labels, numbers) -> {
          final ReadingSeries one = series(name, metric, names, bounds, labels, numbers, now);
          if (one != null) {
            series.add(one);
          }
        });
    return new ReadingFamily(descriptor, series);
  }

  private List<String> labelNames(final String name, final Metric metric) {
    final List<String> asked = labelOrders.get(name);
    final Set<String> names = new LinkedHashSet<>(asked == null ? List.of() : asked);
    metric.series.keySet().forEach(labels -> names.addAll(labels.keySet()));
    return List.copyOf(names);
  }

  private static double[] bounds(final Metric metric) {
    final Set<Double> bounds = new TreeSet<>();
    metric.series.values().forEach(numbers -> bounds.addAll(numbers.buckets.keySet()));
    bounds.remove(Double.POSITIVE_INFINITY);
    return bounds.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Null, with a remark, if it cannot be held. */
  private ReadingSeries series(
      final String name,
      final Metric metric,
      final List<String> names,
      final double[] bounds,
      final Map<String, String> labels,
      final Numbers numbers,
      final long now) {
    final String text = text(names, labels);
    final String flaw =
        labels.size() == names.size()
            ? flaw(metric.type, numbers)
            : "other series of it have the labels " + names;
    if (flaw != null) {
      remark("left out: " + Excerpt.of(name) + '{' + Excerpt.of(text) + "}: " + flaw);
      return null;
    }
    return switch (metric.type) {
      case HISTOGRAM -> {
        final long[] buckets = new long[bounds.length + 1];
        Arrays.setAll(
            buckets,
            i ->
                numbers
                    .buckets
                    .getOrDefault(i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY, 0.0)
                    .longValue());
        yield ReadingSeries.ofDistribution(text, now, numbers.sum, buckets);
      }
      case SUMMARY -> ReadingSeries.ofDistribution(text, now, numbers.sum, (long) numbers.count);
      default -> ReadingSeries.of(text, now, numbers.value);
    };
  }

  private static String flaw(final MetricType type, final Numbers numbers) {
    return switch (type) {
      case COUNTER ->
          numbers.value >= 0 && Double.isFinite(numbers.value)
              ? null
              : "a counter cannot be " + numbers.value;
      case SUMMARY -> countsFlaw(numbers, List.of(numbers.count));
      case HISTOGRAM -> countsFlaw(numbers, List.copyOf(numbers.buckets.values()));
      default -> null;
    };
  }

  private static String countsFlaw(final Numbers numbers, final List<Double> counts) {
    double total = 0;
    for (final double count : counts) {
      if (!(count >= 0 && count < WHOLE_MAX && count == Math.rint(count))) {
        return "no number of observations is " + count;
      }
      total += count;
    }
    if (Double.isNaN(numbers.sum)) {
      return "its sum is not a number";
    }
    return total == 0 && numbers.sum != 0 ? "it has a sum, and no observations" : null;
  }

  private static String text(final List<String> names, final Map<String, String> labels) {
    final List<String> present = names.stream().filter(labels::containsKey).toList();
    final LabelSet set =
        LabelSet.of(
            present.toArray(new String[0]),
            present.stream().map(labels::get).toArray(String[]::new));
    return new String(set.text(), StandardCharsets.UTF_8);
  }
}
