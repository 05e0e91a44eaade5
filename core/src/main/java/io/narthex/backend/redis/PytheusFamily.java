package io.narthex.backend.redis;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One family in the pytheus layout: its keys, and the fields of its series. */
final class PytheusFamily {
  private final FamilyDescriptor descriptor;
  private final PytheusFields fields;
  private volatile List<Unit> units = List.of();

  /** What is to be read, and which unit it belongs to: a whole bound may stand under two keys. */
  private volatile List<Place> places = List.of();

  /** A key of a unit. */
  record Place(int unit, String key) {}

  PytheusFamily(final FamilyDescriptor descriptor) {
    this.descriptor = descriptor;
    this.fields = new PytheusFields(descriptor.labelNames());
  }

  FamilyDescriptor descriptor() {
    return descriptor;
  }

  PytheusFields fields() {
    return fields;
  }

  String key() {
    return descriptor.givenName();
  }

  boolean isOf(final FamilyDescriptor other) {
    return descriptor.name().equals(other.name());
  }

  /** Takes the units, and finds out what is to be read. */
  void units(final List<Unit> own) {
    units = own;
    final List<Place> all = new ArrayList<>();
    for (int u = 0; u < own.size(); u++) {
      for (final String key : spellings(u)) {
        all.add(new Place(u, key));
      }
    }
    places = List.copyOf(all);
  }

  /** The keys under which a unit may stand. */
  private Set<String> spellings(final int unit) {
    final Set<String> keys = new LinkedHashSet<>();
    if (descriptor.type() == MetricType.HISTOGRAM && unit < descriptor.boundCount()) {
      final double bound = descriptor.bound(unit);
      keys.add(key() + ':' + PytheusLayout.defaultSpelling(bound));
      keys.add(key() + ':' + PythonText.number(bound));
      if (PythonText.isWhole(bound)) {
        keys.add(key() + ':' + PythonText.wholeNumber(bound));
      }
    } else {
      keys.add(units.get(unit).dataKey);
    }
    return keys;
  }

  /** Writes whole bounds as whoever came first did. */
  void chooseSpellings(final Link link) throws LinkException {
    final List<Place> all = places;
    final List<Request> questions = new ArrayList<>();
    all.forEach(place -> questions.add(Request.command("EXISTS", place.key())));
    final List<Object> answers = link.run(questions);
    final boolean[] decided = new boolean[units.size()];
    for (int i = 0; i < answers.size(); i++) {
      final int unit = all.get(i).unit();
      if (Long.valueOf(1).equals(answers.get(i)) && !decided[unit]) {
        decided[unit] = true;
        units.get(unit).dataKey = all.get(i).key();
      }
    }
  }

  List<Place> places() {
    return places;
  }

  List<Request> requests() {
    final String command = fields.areLabelled() ? "HGETALL" : "GET";
    return places.stream().map(place -> Request.command(command, place.key())).toList();
  }

  /** Asks for the fields of the key that pytheus creates first. */
  Request fieldsRequest() {
    final int first =
        switch (descriptor.type()) {
          case HISTOGRAM -> descriptor.boundCount() + 1;
          default -> 0;
        };
    return Request.command("HKEYS", units.get(first).dataKey);
  }

  /** As the face orders the labels of this process's series. */
  void meet(final RedisFamily family) {
    for (final RedisSeries any : family.series().values()) {
      final LabelSet labels = any.labels;
      fields.order(labels);
      return;
    }
  }
}
