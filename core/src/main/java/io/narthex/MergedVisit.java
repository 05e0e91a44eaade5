package io.narthex;

import io.narthex.backend.Backend;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Puts the collectors' families between the backend's, in the order of names. */
final class MergedVisit<X extends Exception> implements SeriesVisitor<X> {
  private final SortedMap<String, CollectedFamily> waiting;
  private final List<FamilyDescriptor> collected = new ArrayList<>();
  private final SeriesVisitor<X> visitor;

  private MergedVisit(
      final SortedMap<String, CollectedFamily> waiting, final SeriesVisitor<X> visitor) {
    this.waiting = waiting;
    this.visitor = visitor;
    waiting.values().forEach(family -> collected.add(family.descriptor));
  }

  static <X extends Exception> void of(
      final Backend backend, final Collectors collectors, final SeriesVisitor<X> visitor) throws X {
    // Overlaps have to be known before the first family is shown, hence two passes.
    final List<FamilyDescriptor> held = new ArrayList<>();
    backend.visit(new FamilyVisitor(held::add));
    final MergedVisit<X> merged = new MergedVisit<>(collectors.collect(held), visitor);
    backend.visit(merged);
    merged.showWaiting(null);
  }

  @Override
  public boolean family(final FamilyDescriptor family) throws X {
    for (final FamilyDescriptor other : collected) {
      if (family.overlaps(other)) {
        return false; // registered since the first pass: the next scrape shows it
      }
    }
    showWaiting(family.name());
    return visitor.family(family);
  }

  private void showWaiting(final String before) throws X {
    while (!waiting.isEmpty()) {
      final String first = waiting.firstKey();
      if (before != null && first.compareTo(before) > 0) {
        return;
      }
      waiting.remove(first).show(visitor);
    }
  }

  @Override
  public void series(final Series series) throws X {
    visitor.series(series);
  }
}
