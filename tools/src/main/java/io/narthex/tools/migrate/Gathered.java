package io.narthex.tools.migrate;

import io.narthex.GaugeMode;
import io.narthex.NarthexException;
import io.narthex.backend.Excerpt;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import io.narthex.tools.migrate.Remarks.Kind;
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
import java.util.regex.Pattern;

/**
 * Puts the numbers of other libraries, which come one by one, together to metrics. What a Narthex
 * file cannot hold is left out with a remark.
 */
final class Gathered {
  private static final double WHOLE_MAX = 0x1p53;
  private static final Pattern LABEL = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");

  private final Map<String, Metric> metrics = new TreeMap<>();
  private final Map<String, List<String>> labelOrders;
  private final Remarks remarks = new Remarks();
  private String from = "";

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
    final Map<Map<String, String>, Sums> series = new LinkedHashMap<>();

    Metric(final MetricType type, final GaugeMode mode, final String help) {
      this.type = type;
      this.mode = mode;
      this.help = help;
    }
  }

  private static final class Sums {
    double value;
    double sum;
    double count;
    double timestamp;
    boolean isThere;
    final Map<Double, Double> buckets = new TreeMap<>();
  }

  Remarks remarks() {
    return remarks;
  }

  /** Where that is which comes next, for remarks. */
  void from(final String where) {
    from = where;
  }

  /** The same. */
  String from() {
    return from;
  }

  /** Adds to a counter. */
  void counter(
      final String name, final String help, final Map<String, String> labels, final double value) {
    final Sums sums = sums(name, MetricType.COUNTER, GaugeMode.SHARED, help, labels);
    if (sums != null) {
      sums.value += value;
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
    final Sums sums = sums(name, MetricType.GAUGE, mode, help, labels);
    if (sums == null) {
      return;
    }
    final boolean isFirst = !sums.isThere;
    final boolean isTaken =
        switch (combining) {
          case SUM -> false;
          case LEAST -> value < sums.value;
          case GREATEST -> value > sums.value;
          case LATEST -> timestamp >= sums.timestamp;
        };
    if (isFirst || isTaken) {
      sums.value = value;
      sums.timestamp = timestamp;
    } else if (combining == Combining.SUM) {
      sums.value += value;
    }
    sums.isThere = true;
  }

  /** Adds to the sum of a histogram or summary. */
  void sum(
      final String name,
      final MetricType type,
      final String help,
      final Map<String, String> labels,
      final double value) {
    final Sums sums = sums(name, type, GaugeMode.SHARED, help, labels);
    if (sums != null) {
      sums.sum += value;
    }
  }

  /** Adds to the count of a summary. */
  void count(
      final String name, final String help, final Map<String, String> labels, final double value) {
    final Sums sums = sums(name, MetricType.SUMMARY, GaugeMode.SHARED, help, labels);
    if (sums != null) {
      sums.count += value;
    }
  }

  /** Adds to one bucket of a histogram alone. */
  void bucket(
      final String name,
      final String help,
      final Map<String, String> labels,
      final double bound,
      final double value) {
    final Sums sums = sums(name, MetricType.HISTOGRAM, GaugeMode.SHARED, help, labels);
    if (sums != null) {
      sums.buckets.merge(bound, value, Double::sum);
    }
  }

  private Sums sums(
      final String name,
      final MetricType type,
      final GaugeMode mode,
      final String help,
      final Map<String, String> labels) {
    for (final String label : labels.keySet()) {
      if (!LABEL.matcher(label).matches()) {
        remarks.leftOut(
            Kind.NAMES,
            type.text()
                + ' '
                + Excerpt.of(name)
                + " of "
                + from
                + ": it has a label named \""
                + Excerpt.of(label)
                + "\", and names of labels match [a-zA-Z_][a-zA-Z0-9_]* and do not begin with __");
        return null;
      }
    }
    final Metric metric = metrics.computeIfAbsent(name, key -> new Metric(type, mode, help));
    if (metric.type != type || metric.mode != mode) {
      remarks.leftOut(
          Kind.CONFLICTS,
          type.text()
              + ' '
              + Excerpt.of(name)
              + ", as there is a "
              + metric.type.text()
              + " of that name, or one of another mode");
      return null;
    }
    return metric.series.computeIfAbsent(new LinkedHashMap<>(labels), key -> new Sums());
  }

  /**
   * All that was gathered and that a file can hold.
   *
   * @throws NarthexException if an order of labels is for none of the metrics, or not of its labels
   */
  Origin origin() {
    labelOrders.forEach(this::checkOrder);
    final long now = System.currentTimeMillis();
    final List<ReadingFamily> families = new ArrayList<>();
    metrics.forEach((name, metric) -> families.add(family(name, metric, now)));
    families.removeIf(family -> family.series().isEmpty() || isTooLong(family));
    return new Origin(Reading.of(now, families), remarks.lines());
  }

  private boolean isTooLong(final ReadingFamily family) {
    final String flaw = Room.flaw(family.descriptor());
    if (flaw != null) {
      remarks.leftOut(Kind.LENGTHS, "all of " + Excerpt.of(family.shownName()) + ": " + flaw);
    }
    return flaw != null;
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
        (labels, sums) -> {
          final ReadingSeries one = series(name, metric, names, bounds, labels, sums, now);
          if (one != null) {
            series.add(one);
          }
        });
    return new ReadingFamily(descriptor, series);
  }

  private void checkOrder(final String asked, final List<String> order) {
    final String name =
        metrics.keySet().stream()
            .filter(one -> isNamed(one, metrics.get(one).type, asked))
            .findFirst()
            .orElseThrow(
                () ->
                    new NarthexException(
                        "--labels is for "
                            + Excerpt.of(asked)
                            + ", which is none of the metrics: "
                            + String.join(", ", metrics.keySet())));
    final Set<String> names = new LinkedHashSet<>();
    metrics.get(name).series.keySet().forEach(labels -> names.addAll(labels.keySet()));
    if (order.size() != names.size() || !names.containsAll(order)) {
      throw new NarthexException(
          "--labels has " + order + " for " + asked + ", whose labels are all of " + names);
    }
  }

  /** Counters are declared without the end of their samples' names. */
  private static boolean isNamed(final String name, final MetricType type, final String asked) {
    return name.equals(asked) || name.equals(asked + type.nameSuffix());
  }

  private List<String> labelNames(final String name, final Metric metric) {
    final Set<String> names = new LinkedHashSet<>();
    labelOrders.forEach(
        (asked, order) -> {
          if (isNamed(name, metric.type, asked)) {
            names.addAll(order);
          }
        });
    metric.series.keySet().forEach(labels -> names.addAll(labels.keySet()));
    return List.copyOf(names);
  }

  private static double[] bounds(final Metric metric) {
    final Set<Double> bounds = new TreeSet<>();
    metric.series.values().forEach(sums -> bounds.addAll(sums.buckets.keySet()));
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
      final Sums sums,
      final long now) {
    final byte[] utf8 = text(names, labels);
    final String text = new String(utf8, StandardCharsets.UTF_8);
    final String numbersFlaw = flaw(metric.type, sums);
    final String roomFlaw = Room.flaw(utf8.length);
    if (labels.size() != names.size()) {
      leftOut(Kind.LABELS, name, text, "other series of it have the labels " + names);
      return null;
    } else if (numbersFlaw != null) {
      leftOut(Kind.NUMBERS, name, text, numbersFlaw);
      return null;
    } else if (roomFlaw != null) {
      leftOut(Kind.LENGTHS, name, text, roomFlaw);
      return null;
    }
    return switch (metric.type) {
      case HISTOGRAM -> {
        final long[] buckets = new long[bounds.length + 1];
        Arrays.setAll(
            buckets,
            i ->
                sums.buckets
                    .getOrDefault(i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY, 0.0)
                    .longValue());
        yield ReadingSeries.ofDistribution(text, now, sums.sum, buckets);
      }
      case SUMMARY -> ReadingSeries.ofDistribution(text, now, sums.sum, (long) sums.count);
      default -> ReadingSeries.of(text, now, sums.value);
    };
  }

  private void leftOut(final Kind kind, final String name, final String labels, final String why) {
    remarks.leftOut(kind, Excerpt.of(name) + '{' + Excerpt.of(labels) + "}: " + why);
  }

  private static String flaw(final MetricType type, final Sums sums) {
    return switch (type) {
      case COUNTER ->
          sums.value >= 0 && Double.isFinite(sums.value)
              ? null
              : "a counter cannot be " + sums.value;
      case SUMMARY -> countsFlaw(sums, List.of(sums.count));
      case HISTOGRAM -> countsFlaw(sums, List.copyOf(sums.buckets.values()));
      default -> null;
    };
  }

  private static String countsFlaw(final Sums sums, final List<Double> counts) {
    double total = 0;
    for (final double count : counts) {
      if (!(count >= 0 && count < WHOLE_MAX && count == Math.rint(count))) {
        return "no number of observations is " + count;
      }
      total += count;
    }
    if (Double.isNaN(sums.sum)) {
      return "its sum is not a number";
    }
    return total == 0 && sums.sum != 0 ? "it has a sum, and no observations" : null;
  }

  private static byte[] text(final List<String> names, final Map<String, String> labels) {
    final List<String> present = names.stream().filter(labels::containsKey).toList();
    return LabelSet.of(
            present.toArray(new String[0]),
            present.stream().map(labels::get).toArray(String[]::new))
        .text();
  }
}
