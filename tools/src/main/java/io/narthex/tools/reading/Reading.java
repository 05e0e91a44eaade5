package io.narthex.tools.reading;

import io.narthex.MetricRegistry;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * All that a registry, or several, showed at one moment: families in the order of their names, with
 * their series in the order of their labels. Immutable; it stays as it is when the registry is
 * closed.
 */
public final class Reading {
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
