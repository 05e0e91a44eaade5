package io.narthex.tools.top;

import java.util.Comparator;
import java.util.Locale;

/** By what the table is sorted; what is equal, by name. */
enum SortOrder {
  /** The greatest rate first, what has none last. */
  RATE(Comparator.comparingDouble((Track track) -> -orLeast(track.rate()))),
  /** The greatest value first. */
  VALUE(Comparator.comparingDouble((Track track) -> -orLeast(track.value()))),
  /** By name and labels. */
  NAME(Comparator.comparing(Track::name));

  @SuppressWarnings("ImmutableEnumChecker") // comparators have no state
  private final Comparator<Track> comparator;

  SortOrder(final Comparator<Track> comparator) {
    this.comparator = comparator;
  }

  Comparator<Track> comparator() {
    return this == NAME ? comparator : comparator.thenComparing(NAME.comparator);
  }

  SortOrder next() {
    return switch (this) {
      case RATE -> VALUE;
      case VALUE -> NAME;
      case NAME -> RATE;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static double orLeast(final double value) {
    return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
  }
}
