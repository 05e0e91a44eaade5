package io.narthex.tools.serve;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.SeriesVisitor;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingCursor;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Several readings as one, in which each name stands for one thing. Where two files have a name
 * otherwise, such as with other buckets, the one that was added first has it.
 */
final class Union {
  private final NavigableMap<String, Merged> families = new TreeMap<>();

  /** The names that are written or reserved. */
  private final Set<String> claimed = new HashSet<>();

  private int leftOut;

  private record Part(String label, List<ReadingSeries> series) {}

  private record Merged(FamilyDescriptor descriptor, List<Part> parts) {}

  /**
   * Adds a reading.
   *
   * @param label what its series get as a label; empty for none
   */
  void add(final String label, final Reading reading) {
    for (final ReadingFamily family : reading.families()) {
      final Merged known = families.get(family.name());
      if (known != null && isSame(known.descriptor, family.descriptor())) {
        known.parts.add(new Part(label, family.series()));
      } else if (known == null && isFree(family.descriptor())) {
        final Merged merged = new Merged(family.descriptor(), new ArrayList<>());
        merged.parts.add(new Part(label, family.series()));
        families.put(family.name(), merged);
        claimed.addAll(family.descriptor().claimedNames());
      } else {
        leftOut++;
      }
    }
  }

  /** Whether series of both can stand under one header. Label names may differ. */
  private static boolean isSame(final FamilyDescriptor one, final FamilyDescriptor other) {
    if (one.type() != other.type()
        || !one.states().equals(other.states())
        || one.boundCount() != other.boundCount()) {
      return false;
    }
    for (int i = 0; i < one.boundCount(); i++) {
      if (one.bound(i) != other.bound(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isFree(final FamilyDescriptor family) {
    return family.claimedNames().stream().noneMatch(claimed::contains);
  }

  /** Whether a family that is not in it can stand beside those that are. */
  boolean hasRoomFor(final FamilyDescriptor family) {
    return isFree(family);
  }

  /** How many families of a file could not be taken. */
  int leftOut() {
    return leftOut;
  }

  /** Shows all that is left, in the order of names. */
  <X extends Exception> void show(final SeriesVisitor<X> visitor) throws X {
    while (!families.isEmpty()) {
      showFirst(visitor);
    }
  }

  /** Shows all that is left and comes before a name. */
  <X extends Exception> void showBefore(final String name, final SeriesVisitor<X> visitor)
      throws X {
    while (!families.isEmpty() && families.firstKey().compareTo(name) < 0) {
      showFirst(visitor);
    }
  }

  private <X extends Exception> void showFirst(final SeriesVisitor<X> visitor) throws X {
    final Merged family = families.pollFirstEntry().getValue();
    if (!visitor.family(family.descriptor)) {
      return;
    }
    final ReadingCursor cursor = new ReadingCursor();
    for (final Part part : family.parts) {
      final SourceLabel label = new SourceLabel(part.label);
      for (final ReadingSeries series : part.series) {
        visitor.series(cursor.moveTo(series, label.after(series.labelText())));
      }
    }
  }
}
