package io.narthex.tools.serve;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;

/** Puts what the sidecar tells of itself between the families of the one file, by their names. */
final class Interleaved<X extends Exception> implements SeriesVisitor<X> {
  private final Union own;
  private final SeriesVisitor<X> visitor;
  private long seriesCount;
  private boolean isWhole = true;

  Interleaved(final Union own, final SeriesVisitor<X> visitor) {
    this.own = own;
    this.visitor = visitor;
  }

  @Override
  public boolean family(final FamilyDescriptor family) throws X {
    if (!own.hasRoomFor(family)) {
      return false;
    }
    own.showBefore(family.name(), visitor);
    final boolean isWanted = visitor.family(family);
    isWhole &= isWanted;
    return isWanted;
  }

  @Override
  public void series(final Series series) throws X {
    seriesCount++;
    visitor.series(series);
  }

  /** Shows what comes after the file's last family. */
  void end() throws X {
    own.show(visitor);
  }

  /** Whether the visitor wanted all of it, so that all was counted. */
  boolean isWhole() {
    return isWhole;
  }

  long seriesCount() {
    return seriesCount;
  }
}
