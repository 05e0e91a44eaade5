package io.narthex.tools.reading;

import io.narthex.MetricRegistry;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All that a registry, or several, showed at one moment: families in the order of their names, with
 * their series in the order of their labels. Immutable; it stays as it is when the registry is
 * closed.
 */
public final class Reading {
  /** The label that tells several registries apart. */
  public static final String SOURCE = "source";

  private final long takenMillis;
  private final List<ReadingFamily> families;

  private Reading(final long takenMillis, final List<ReadingFamily> families) {
    this.takenMillis = takenMillis;
    this.families = families;
  }

  /**
   * Reads everything that a registry exports.
   *
   * @param registry what to read
   * @return what it showed
   * @throws io.narthex.NarthexException if the backend cannot be read any more
   */
  public static Reading of(final MetricRegistry registry) {
    return of(registry, family -> true);
  }

  /**
   * Reads some of the families that a registry exports.
   *
   * @param registry what to read
   * @param wanted which families
   * @return what it showed of them
   * @throws io.narthex.NarthexException if the backend cannot be read any more
   */
  public static Reading of(
      final MetricRegistry registry, final Predicate<FamilyDescriptor> wanted) {
    final long now = System.currentTimeMillis();
    final Collecting collecting = new Collecting(wanted);
    registry.visit(collecting);
    collecting.end();
    return of(now, collecting.families);
  }

  /**
   * Makes a reading of what is known from elsewhere.
   *
   * @param takenMillis when it was so, ms since the epoch
   * @param families the families, in any order
   * @return the reading
   */
  public static Reading of(final long takenMillis, final List<ReadingFamily> families) {
    final List<ReadingFamily> sorted = new ArrayList<>(families);
    sorted.sort(Comparator.comparing(ReadingFamily::name));
    return new Reading(takenMillis, List.copyOf(sorted));
  }

  /**
   * Makes one reading of several, whose series get the label {@code source} behind their others.
   * Families of one schema become one; those of one name that differ otherwise stand side by side.
   *
   * @param bySource the readings by the value of that label
   * @return the reading, taken when the last of them was
   */
  public static Reading merge(final Map<String, Reading> bySource) {
    long taken = 0;
    final Map<String, List<Merged>> byName = new TreeMap<>();
    for (final Map.Entry<String, Reading> entry : bySource.entrySet()) {
      final String label = LabelText.of(SOURCE, entry.getKey());
      taken = Math.max(taken, entry.getValue().takenMillis);
      for (final ReadingFamily family : entry.getValue().families) {
        Merged.of(byName.computeIfAbsent(family.name(), name -> new ArrayList<>()), family)
            .add(family, label);
      }
    }
    final List<ReadingFamily> families = new ArrayList<>();
    byName
        .values()
        .forEach(
            merged ->
                merged.forEach(one -> families.add(new ReadingFamily(one.descriptor, one.series))));
    return of(taken, families);
  }

  /**
   * When it was so.
   *
   * @return milliseconds since the epoch
   */
  public long takenMillis() {
    return takenMillis;
  }

  /**
   * The families in the order of their names.
   *
   * @return an immutable list
   */
  public List<ReadingFamily> families() {
    return families;
  }

  /**
   * How many series there are in all.
   *
   * @return the number, of all families
   */
  public int seriesCount() {
    int count = 0;
    for (final ReadingFamily family : families) {
      count += family.series().size();
    }
    return count;
  }

  /**
   * Finds a family.
   *
   * @param name its name, or that of its samples
   * @return the family, or null if there is none
   */
  public ReadingFamily family(final String name) {
    for (final ReadingFamily family : families) {
      if (family.name().equals(name)) {
        return family;
      }
    }
    for (final ReadingFamily family : families) {
      if (family.descriptor().claims(name)) {
        return family;
      }
    }
    return null;
  }

  /**
   * Finds a series.
   *
   * @param name the name of its family
   * @param labelText its labels, in the order and spelling of the reading
   * @return the series, or null if there is none
   */
  public ReadingSeries find(final String name, final String labelText) {
    final ReadingFamily family = family(name);
    return family == null ? null : family.find(labelText);
  }

  /** Families of one name and schema from several readings. */
  private record Merged(FamilyDescriptor descriptor, List<ReadingSeries> series) {
    static Merged of(final List<Merged> known, final ReadingFamily family) {
      for (final Merged merged : known) {
        if (merged.descriptor.sameSchema(family.descriptor())) {
          return merged;
        }
      }
      final Merged fresh = new Merged(family.descriptor(), new ArrayList<>());
      known.add(fresh);
      return fresh;
    }

    void add(final ReadingFamily family, final String label) {
      for (final ReadingSeries one : family.series()) {
        final String text = one.labelText();
        series.add(one.withLabelText(text.isEmpty() ? label : text + ',' + label));
      }
    }
  }

  private static final class Collecting implements SeriesVisitor<RuntimeException> {
    private final Predicate<FamilyDescriptor> wanted;
    private final List<ReadingFamily> families = new ArrayList<>();
    private List<ReadingSeries> series = new ArrayList<>();
    private FamilyDescriptor family;
    private int buckets;

    Collecting(final Predicate<FamilyDescriptor> wanted) {
      this.wanted = wanted;
    }

    @Override
    public boolean family(final FamilyDescriptor next) {
      end();
      if (!wanted.test(next)) {
        return false;
      }
      family = next;
      buckets =
          switch (next.type()) {
            case HISTOGRAM, SUMMARY -> next.boundCount() + 1;
            default -> 0;
          };
      return true;
    }

    @Override
    public void series(final Series cursor) {
      series.add(ReadingSeries.copyOf(cursor, buckets));
    }

    void end() {
      if (family != null) {
        families.add(new ReadingFamily(family, series));
        series = new ArrayList<>();
        family = null;
      }
    }
  }
}
