package io.narthex;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import java.util.function.Consumer;

/** Looks at the families of a backend and at none of their series. */
final class FamilyVisitor implements SeriesVisitor<RuntimeException> {
  private final Consumer<FamilyDescriptor> families;

  FamilyVisitor(final Consumer<FamilyDescriptor> families) {
    this.families = families;
  }

  @Override
  public boolean family(final FamilyDescriptor family) {
    families.accept(family);
    return false;
  }

  @Override
  public void series(final Series series) {
    throw new IllegalStateException("series of a family that was not wanted");
  }
}
