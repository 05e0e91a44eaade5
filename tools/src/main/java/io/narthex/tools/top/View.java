package io.narthex.tools.top;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What the user chose to see of the table. */
final class View {
  private SortOrder order;
  private boolean reversed;
  private String filter;
  private int first;

  View(final SortOrder order, final String filter) {
    this.order = order;
    this.filter = filter;
  }

  /** The series that are wanted, in their order. */
  List<Track> choose(final List<Track> tracks) {
    final List<Track> chosen = new ArrayList<>();
    final String wanted = filter.toLowerCase(Locale.ROOT);
    for (final Track track : tracks) {
      if (wanted.isEmpty() || track.name().toLowerCase(Locale.ROOT).contains(wanted)) {
        chosen.add(track);
      }
    }
    chosen.sort(order.comparator());
    if (reversed) {
      Collections.reverse(chosen);
    }
    return chosen;
  }

  SortOrder order() {
    return order;
  }

  boolean isReversed() {
    return reversed;
  }

  String filter() {
    return filter;
  }

  /** How many rows were scrolled over. */
  int first() {
    return first;
  }

  void sortBy(final SortOrder wanted) {
    order = wanted;
    reversed = false;
    first = 0;
  }

  void reverse() {
    reversed = !reversed;
    first = 0;
  }

  void filter(final String text) {
    filter = text;
    first = 0;
  }

  /** Scrolls, as far as there are rows. */
  void scroll(final long rows, final int height, final int size) {
    first = (int) Math.max(0, Math.min(first + rows, Math.max(0, size - height)));
  }
}
