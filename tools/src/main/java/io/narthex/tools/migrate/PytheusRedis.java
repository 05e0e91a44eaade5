package io.narthex.tools.migrate;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.narthex.GaugeMode;
import io.narthex.NarthexException;
import io.narthex.backend.Excerpt;
import io.narthex.backend.MetricType;
import io.narthex.tools.migrate.Gathered.Combining;
import io.narthex.tools.migrate.RedisServer.Conversation;
import io.narthex.tools.migrate.RedisServer.Patience;
import io.narthex.tools.migrate.Remarks.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A Redis into which Python's pytheus counts. A key holds one number of a metric, or one for each
 * set of labels, which are JSON:
 *
 * <pre>
 *   counter, gauge  NAME
 *   summary         NAME:sum  NAME:count
 *   histogram       NAME:LE for each bound, cumulative  NAME:+Inf  NAME:sum  NAME:count
 * </pre>
 *
 * <p>It is only read. Whether a plain key is a counter or a gauge nothing there says.
 */
final class PytheusRedis {
  private static final String INF = ":+Inf";
  private static final String SUM = ":sum";
  private static final String COUNT = ":count";
  private static final String OUR_OWN = "narthex:";

  private final Gathered gathered;
  private final Pattern counters;

  /** By key: numbers by labels. */
  private final Map<String, Map<Map<String, String>, Double>> keys = new TreeMap<>();

  private PytheusRedis(final Gathered gathered, final Pattern counters) {
    this.gathered = gathered;
    this.counters = counters;
  }

  /**
   * Reads a server.
   *
   * @param counters what is found in the names of plain keys that are counters; the others are
   *     gauges
   * @throws NarthexException if it cannot be read, or holds nothing of that kind
   */
  static Origin read(
      final RedisUri uri,
      final Patience patience,
      final Gathered gathered,
      final Pattern counters) {
    final PytheusRedis redis = new PytheusRedis(gathered, counters);
    RedisServer.read(uri, patience, redis::load);
    gathered.from(uri.toString());
    redis.gather();
    final Origin origin = gathered.origin();
    if (origin.reading().families().isEmpty()) {
      throw new NarthexException(
          uri + " holds nothing that pytheus counts; check the number of the database");
    }
    return origin;
  }

  private void load(final Conversation server) {
    for (final String name : server.keys()) {
      if (!name.startsWith(OUR_OWN)) {
        load(server, name);
      }
    }
  }

  private void load(final Conversation server, final String key) {
    final Map<Map<String, String>, Double> numbers = new LinkedHashMap<>();
    switch (server.type(key)) {
      case "string" -> number(numbers, Map.of(), server.text(key));
      case "hash" ->
          // The first of them gives the order of the labels.
          server.fields(key).forEach((field, text) -> number(numbers, labels(field), text));
      case "none" -> {
        return; // expired meanwhile
      }
      default -> numbers.put(Map.of(), null);
    }
    if (numbers.isEmpty() || numbers.containsValue(null)) {
      gathered
          .remarks()
          .leftOut(Kind.FOREIGN, "the key " + Excerpt.of(key) + ", which is not pytheus's");
    } else {
      keys.put(key, numbers);
    }
  }

  /** Fields that mean the same labels in another order are added up, as pytheus's readers do. */
  private static void number(
      final Map<Map<String, String>, Double> numbers,
      final Map<String, String> labels,
      final String text) {
    final Double number = labels == null ? null : number(text);
    if (number == null) {
      numbers.put(Map.of(), null);
    } else {
      numbers.merge(labels, number, Double::sum);
    }
  }

  /** As Redis and Python write numbers; null if it is none. */
  private static Double number(final String text) {
    if (text == null) {
      return null;
    }
    switch (text) {
      case "inf", "+inf" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-inf" -> {
        return Double.NEGATIVE_INFINITY;
      }
      case "nan" -> {
        return Double.NaN;
      }
      default -> {
        try {
          return text.matches("[-+0-9.eE]+") ? Double.valueOf(text) : null;
        } catch (final NumberFormatException e) {
          return null;
        }
      }
    }
  }

  /** Null if the field is not a JSON object of texts. */
  private static Map<String, String> labels(final String field) {
    try {
      final Map<String, String> labels = new LinkedHashMap<>();
      for (final Map.Entry<String, JsonElement> label :
          JsonParser.parseString(field).getAsJsonObject().entrySet()) {
        labels.put(label.getKey(), label.getValue().getAsString());
      }
      return labels;
    } catch (final JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return null;
    }
  }

  private void gather() {
    final Set<String> taken = new TreeSet<>();
    for (final String key : keys.keySet()) {
      if (key.endsWith(INF)) {
        histogram(key.substring(0, key.length() - INF.length()), taken);
      }
    }
    for (final String key : keys.keySet()) {
      final String name =
          key.endsWith(COUNT) ? key.substring(0, key.length() - COUNT.length()) : null;
      if (name != null && !taken.contains(key) && keys.containsKey(name + SUM)) {
        taken.addAll(List.of(name + SUM, name + COUNT));
        keys.get(name + SUM)
            .forEach((labels, sum) -> gathered.sum(name, MetricType.SUMMARY, "", labels, sum));
        keys.get(key).forEach((labels, count) -> gathered.count(name, "", labels, count));
      }
    }
    keys.forEach(
        (key, numbers) -> {
          if (!taken.contains(key)) {
            plain(key, numbers);
          }
        });
  }

  private void plain(final String name, final Map<Map<String, String>, Double> numbers) {
    final boolean isCounter = counters.matcher(name).find();
    numbers.forEach(
        (labels, value) -> {
          if (isCounter) {
            gathered.counter(name, "", labels, value);
          } else {
            gathered.gauge(name, "", GaugeMode.SHARED, Combining.SUM, labels, value, 0);
          }
        });
  }

  private static Double bound(final String key, final int from) {
    final String text = key.substring(from);
    return text.equals("+Inf") ? Double.valueOf(Double.POSITIVE_INFINITY) : number(text);
  }

  private void histogram(final String name, final Set<String> taken) {
    final TreeMap<Double, Map<Map<String, String>, Double>> byBound = new TreeMap<>();
    for (final String key : keys.keySet()) {
      final Double bound = key.startsWith(name + ':') ? bound(key, name.length() + 1) : null;
      if (bound != null) {
        taken.add(key);
        final Map<Map<String, String>, Double> cumulative =
            byBound.computeIfAbsent(bound, any -> new LinkedHashMap<>());
        // A whole bound may stand under two keys: 1 and 1.0.
        keys.get(key).forEach((labels, count) -> cumulative.merge(labels, count, Double::sum));
      }
    }
    taken.addAll(List.of(name + SUM, name + COUNT));
    keys.getOrDefault(name + SUM, Map.of())
        .forEach((labels, sum) -> gathered.sum(name, MetricType.HISTOGRAM, "", labels, sum));
    for (final Map<String, String> labels :
        new ArrayList<>(byBound.get(Double.POSITIVE_INFINITY).keySet())) {
      double below = 0;
      for (final Map.Entry<Double, Map<Map<String, String>, Double>> bound : byBound.entrySet()) {
        final double cumulative = bound.getValue().getOrDefault(labels, below);
        gathered.bucket(name, "", labels, bound.getKey(), cumulative - below);
        below = cumulative;
      }
    }
  }
}
