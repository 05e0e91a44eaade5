package io.narthex.backend.redis;

import io.narthex.backend.LabelSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which fields of hashes mean which series. There may be several of one series, since Python writes
 * labels in the order in which they were given; the one that was there first is written to.
 *
 * <p>Safe for use by any number of threads.
 */
final class PytheusFields {
  private final List<String> declared;

  /** The names of a label text in its order; null until a series of this process was seen. */
  private List<String> order;

  private boolean labelled;

  /** By label text, the one to write to first. */
  private final Map<String, Set<String>> byText = new HashMap<>();

  /** By field: the label text, or empty if it means no series. */
  private final Map<String, String> texts = new HashMap<>();

  PytheusFields(final List<String> declared) {
    this.declared = declared;
    this.labelled = !declared.isEmpty();
  }

  /** Whether keys are hashes: a registry's constant labels make them so too. */
  synchronized boolean areLabelled() {
    return labelled;
  }

  /** Takes the order of names from a series of this process, of which all have the same. */
  synchronized void order(final LabelSet labels) {
    if (order == null) {
      final List<String> names = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        names.add(labels.name(i));
      }
      order = names;
      labelled = !names.isEmpty();
      forget(); // texts were made in an order that we guessed
    }
  }

  /** The store may hold others by now. */
  synchronized void forget() {
    byText.clear();
    texts.clear();
  }

  /** Whether it is known where a series is to be written. */
  synchronized boolean isKnown(final String text) {
    return !labelled || byText.containsKey(text);
  }

  /** The field to write to, and then the others that mean the same. */
  synchronized List<String> of(final RedisSeries series) {
    order(series.labels);
    if (!labelled) {
      return List.of("");
    }
    return List.copyOf(
        byText.computeIfAbsent(
            series.text,
            t -> new LinkedHashSet<>(List.of(PythonText.json(labels(series.labels))))));
  }

  /** The fields of a series that may be another process's. */
  synchronized List<String> of(final String text) {
    return labelled ? List.copyOf(byText.getOrDefault(text, Set.of())) : List.of("");
  }

  /**
   * The label text that a field means.
   *
   * @return null if it means none
   */
  synchronized String text(final String field) {
    if (!labelled) {
      return field.isEmpty() ? "" : null;
    }
    final String text = texts.computeIfAbsent(field, this::read);
    if (text.isEmpty()) {
      return null;
    }
    byText.computeIfAbsent(text, t -> new LinkedHashSet<>()).add(field);
    return text;
  }

  private String read(final String field) {
    final Map<String, String> labels = PythonText.labels(field);
    if (labels == null || !labels.keySet().containsAll(declared)) {
      return "";
    }
    return RedisFamily.text(inOrder(labels));
  }

  /** Keeps what a look at the whole store found, and what this process is about to write. */
  synchronized void retain(final Collection<String> found, final Collection<String> own) {
    byText.keySet().removeIf(text -> !found.contains(text) && !own.contains(text));
    texts.values().removeIf(text -> !byText.containsKey(text));
  }

  private static Map<String, String> labels(final LabelSet set) {
    final Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < set.size(); i++) {
      labels.put(set.name(i), set.value(i));
    }
    return labels;
  }

  /** As the face orders labels: a registry's constant ones, then the declared ones. */
  private LabelSet inOrder(final Map<String, String> labels) {
    final List<String> names = new ArrayList<>();
    if (order != null && labels.keySet().equals(Set.copyOf(order))) {
      names.addAll(order);
    } else {
      final Map<String, String> rest = new TreeMap<>(labels);
      declared.forEach(rest::remove);
      names.addAll(rest.keySet());
      names.addAll(declared);
    }
    return LabelSet.of(
        names.toArray(new String[0]), names.stream().map(labels::get).toArray(String[]::new));
  }
}
