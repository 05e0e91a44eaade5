package io.narthex.tools.migrate;

import io.narthex.NarthexException;
import io.narthex.backend.Excerpt;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.util.Arrays;

/** Whether a new file shows what it was to show, no less and no more. */
final class Comparison {
  /** What the engine tells of itself; also a metric of such a name that was to be is looked at. */
  private static final String OWN = "narthex_";

  private Comparison() {}

  /**
   * Compares, bit by bit but for the created times.
   *
   * @throws NarthexException if they differ
   */
  static void requireSame(final Reading wanted, final Reading written) {
    for (final ReadingFamily family : wanted.families()) {
      final ReadingFamily found = named(written, family.name());
      if (found == null || !found.descriptor().sameSchema(family.descriptor())) {
        throw new NarthexException(
            "the new file shows "
                + (found == null ? "nothing" : found.descriptor())
                + " instead of "
                + family.descriptor());
      }
      for (final ReadingSeries series : family.series()) {
        final ReadingSeries same = found.find(series.labelText());
        if (same == null || !same.equals(created(series, same.createdMillis()))) {
          throw new NarthexException(
              "the new file does not show "
                  + shown(family, series)
                  + " as it was to be: "
                  + (same == null ? "nothing" : Excerpt.of(same.toString()))
                  + " instead of "
                  + Excerpt.of(series.toString()));
        }
      }
    }
    for (final ReadingFamily family : written.families()) {
      final ReadingFamily known = named(wanted, family.name());
      if (known == null && family.name().startsWith(OWN)) {
        continue;
      }
      for (final ReadingSeries series : family.series()) {
        if (known == null || known.find(series.labelText()) == null) {
          throw new NarthexException(
              "the new file shows " + shown(family, series) + ", which was not to be in it");
        }
      }
    }
  }

  /** Not by what belongs to its name, as {@code Reading.family} also finds one. */
  private static ReadingFamily named(final Reading reading, final String name) {
    final ReadingFamily family = reading.family(name);
    return family == null || !family.name().equals(name) ? null : family;
  }

  private static String shown(final ReadingFamily family, final ReadingSeries series) {
    return Excerpt.of(family.shownName()) + '{' + Excerpt.of(series.labelText()) + '}';
  }

  private static ReadingSeries created(final ReadingSeries series, final long millis) {
    if (!series.isDistribution()) {
      return ReadingSeries.of(series.labelText(), millis, series.value());
    }
    final long[] buckets = new long[series.bucketCount()];
    Arrays.setAll(buckets, series::bucket);
    return ReadingSeries.ofDistribution(series.labelText(), millis, series.sum(), buckets);
  }
}
