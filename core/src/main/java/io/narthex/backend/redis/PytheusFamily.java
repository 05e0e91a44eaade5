package io.narthex.backend.redis;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One family in the pytheus layout: its keys, and the fields of its series, of which there may be
 * several, since Python writes labels in the order in which they were given.
 */
final class PytheusFamily {
  private final FamilyDescriptor descriptor;
  private List<Unit> units = List.of();

  /** What to read, and which unit it belongs to: a whole bound may stand under two keys. */
  private List<Request> requests = List.of();

  private List<Integer> unitsOfRequests = List.of();

  /** By label text: the fields that mean these labels, the one that we write to first. */
  private final Map<String, Set<String>> fields = new ConcurrentHashMap<>();

  /** By labels, whatever their order: the label text. */
  private final Map<Map<String, String>, String> texts = new ConcurrentHashMap<>();

  PytheusFamily(final FamilyDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  FamilyDescriptor descriptor() {
    return descriptor;
  }

  String key() {
    return descriptor.givenName();
  }

  boolean isOf(final FamilyDescriptor other) {
    return descriptor.name().equals(other.name());
  }

  boolean isLabelled() {
    return labelled;
  }

  private boolean labelled;

  /** Takes the units, and finds out what is to be read. */
  void units(final List<Unit> own) {
    units = own;
    labelled = !descriptor.labelNames().isEmpty();
    list();
  }

  private void list() {
    final List<Request> all = new ArrayList<>();
    final List<Integer> of = new ArrayList<>();
    for (int u = 0; u < units.size(); u++) {
      for (final String key : spellings(u)) {
        all.add(Request.command(labelled ? "HGETALL" : "GET", key));
        of.add(u);
      }
    }
    requests = List.copyOf(all);
    unitsOfRequests = List.copyOf(of);
  }

  /** The keys under which a unit may stand. */
  private Set<String> spellings(final int unit) {
    final Set<String> keys = new LinkedHashSet<>();
    if (descriptor.type() == MetricType.HISTOGRAM && unit < descriptor.boundCount()) {
      final double bound = descriptor.bound(unit);
      keys.add(key() + ':' + PytheusLayout.defaultSpelling(bound));
      keys.add(key() + ':' + PythonText.number(bound));
    } else {
      keys.add(units.get(unit).dataKey);
    }
    return keys;
  }

  /** Writes whole bounds as whoever came first did. */
  void chooseSpellings(final Link link) throws LinkException {
    final List<Request> questions = new ArrayList<>();
    for (final Request read : requests) {
      questions.add(Request.command("EXISTS", read.keys.get(0)));
    }
    final List<Object> answers = link.run(questions);
    final boolean[] decided = new boolean[units.size()];
    for (int i = 0; i < answers.size(); i++) {
      final int unit = unitsOfRequests.get(i);
      if (Long.valueOf(1).equals(answers.get(i)) && !decided[unit]) {
        decided[unit] = true;
        units.get(unit).dataKey = requests.get(i).keys.get(0);
      }
    }
  }

  List<Request> requests() {
    return requests;
  }

  int unitOf(final int request) {
    return unitsOfRequests.get(request);
  }

  // ---- fields

  /** The field to write to, and the others that mean the same. */
  List<String> fields(final RedisSeries series) {
    if (!labelled) {
      return List.of("");
    }
    final Map<String, String> labels = labels(series.labels);
    texts.putIfAbsent(labels, series.text);
    return List.copyOf(
        fields.computeIfAbsent(
            series.text, t -> new LinkedHashSet<>(List.of(PythonText.json(labels)))));
  }

  /** The fields of a series that may be another process's. */
  List<String> fields(final String text) {
    if (!labelled) {
      return List.of("");
    }
    final Set<String> known = fields.get(text);
    return known == null ? List.of() : List.copyOf(known);
  }

  private static Map<String, String> labels(final LabelSet set) {
    final Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < set.size(); i++) {
      labels.put(set.name(i), set.value(i));
    }
    return labels;
  }

  /**
   * The label text that a field means.
   *
   * @return null if it means none
   */
  String text(final String field, final RedisFamily family) {
    if (!labelled) {
      return field.isEmpty() ? "" : null;
    }
    final Map<String, String> labels = PythonText.labels(field);
    if (labels == null || !labels.keySet().containsAll(descriptor.labelNames())) {
      return null;
    }
    for (final RedisSeries own : family.series().values()) {
      texts.putIfAbsent(labels(own.labels), own.text);
    }
    final String text = texts.computeIfAbsent(labels, l -> RedisFamily.text(inOrder(l)));
    fields.compute(
        text,
        (t, known) -> {
          final Set<String> more =
              known == null ? new LinkedHashSet<>() : new LinkedHashSet<>(known);
          more.add(field);
          return more;
        });
    return text;
  }

  /** As the face orders labels: a registry's constant ones, then the declared ones. */
  private LabelSet inOrder(final Map<String, String> labels) {
    final Map<String, String> rest = new TreeMap<>(labels);
    descriptor.labelNames().forEach(rest::remove);
    final List<String> names = new ArrayList<>(rest.keySet());
    names.addAll(descriptor.labelNames());
    return LabelSet.of(
        names.toArray(new String[0]), names.stream().map(labels::get).toArray(String[]::new));
  }
}
