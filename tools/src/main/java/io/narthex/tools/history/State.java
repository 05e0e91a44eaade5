package io.narthex.tools.history;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A reading whose families and series have numbers, by which changes to it name them. Whoever makes
 * it of the same reading gives the same numbers: those of the reading's order.
 */
final class State {
  static final State EMPTY = new State(Reading.of(0, List.of()));

  private final List<FamilyDescriptor> families = new ArrayList<>();
  private final List<ReadingSeries> series = new ArrayList<>();
  private final int[] familyOf;

  /** By family name, then by labels. */
  private final Map<String, Map<String, Integer>> numbers = new HashMap<>();

  private final Map<String, Integer> familyNumbers = new HashMap<>();

  State(final Reading reading) {
    familyOf = new int[reading.seriesCount()];
    for (final ReadingFamily family : reading.families()) {
      final Map<String, Integer> ofFamily = new HashMap<>();
      for (final ReadingSeries one : family.series()) {
        ofFamily.put(one.labelText(), series.size());
        familyOf[series.size()] = families.size();
        series.add(one);
      }
      numbers.put(family.name(), ofFamily);
      familyNumbers.put(family.name(), families.size());
      families.add(family.descriptor());
    }
  }

  List<FamilyDescriptor> families() {
    return families;
  }

  List<ReadingSeries> series() {
    return series;
  }

  int familyOf(final int number) {
    return familyOf[number];
  }

  /** The number of a family of that schema and help, or -1. */
  int find(final FamilyDescriptor family) {
    final int number = familyNumbers.getOrDefault(family.name(), -1);
    if (number < 0) {
      return -1;
    }
    final FamilyDescriptor known = families.get(number);
    return known == family || (known.sameSchema(family) && known.help().equals(family.help()))
        ? number
        : -1;
  }

  /** The number of a series that goes on in this one, or -1. */
  int find(final String family, final ReadingSeries one) {
    final int number = numbers.get(family).getOrDefault(one.labelText(), -1);
    return number >= 0 && series.get(number).createdMillis() == one.createdMillis() ? number : -1;
  }
}
