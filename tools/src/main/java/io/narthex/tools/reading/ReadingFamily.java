package io.narthex.tools.reading;

import io.narthex.backend.FamilyDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One family of a {@link Reading}.
 *
 * @param descriptor its name, type, help, unit, bounds and states
 * @param series its series, in the order of their label texts
 */
public record ReadingFamily(FamilyDescriptor descriptor, List<ReadingSeries> series) {
  /** Copies the list, and puts it in order. */
  public ReadingFamily {
    final List<ReadingSeries> sorted = new ArrayList<>(series);
    sorted.sort(Comparator.comparing(ReadingSeries::labelText));
    series = List.copyOf(sorted);
  }

  /**
   * The family's name, without {@code _total} or {@code _info}.
   *
   * @return the name
   */
  public String name() {
    return descriptor.name();
  }

  /**
   * The name by which people ask for it: with {@code _total} or {@code _info}, if it is a counter
   * or an info.
   *
   * @return the name of the samples; of a histogram and summary the family's
   */
  public String shownName() {
    return descriptor.name() + descriptor.type().nameSuffix();
  }

  /**
   * Finds a series.
   *
   * @param labelText its labels, in the order and spelling of the reading
   * @return the series, or null if there is none
   */
  public ReadingSeries find(final String labelText) {
    int low = 0;
    int high = series.size() - 1;
    while (low <= high) {
      final int middle = (low + high) >>> 1;
      final int order = series.get(middle).labelText().compareTo(labelText);
      if (order == 0) {
        return series.get(middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }
}
