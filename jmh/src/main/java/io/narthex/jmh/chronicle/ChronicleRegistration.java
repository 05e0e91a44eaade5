package io.narthex.jmh.chronicle;

import io.narthex.NarthexException;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.Slot;

/** A family as one registry sees it: with the overflow series of that registry's labels. */
final class ChronicleRegistration implements BackendFamily {
  private final ChronicleFamily family;
  private final Slot overflow;

  ChronicleRegistration(final ChronicleFamily family, final LabelSet overflow) {
    this.family = family;
    if (overflow == null) {
      this.overflow = null;
      return;
    }
    final ChronicleSeries reserved = family.reserveOverflow(overflow);
    if (reserved == null) {
      throw full("register " + family.descriptor());
    }
    this.overflow = reserved.slot();
  }

  private static NarthexException full(final String what) {
    return new NarthexException(
        "cannot " + what + ": the file of ChronicleBackend is full; give it a larger \"size\"");
  }

  @Override
  public FamilyDescriptor descriptor() {
    return family.descriptor();
  }

  @Override
  public Slot slot(final LabelSet labels) {
    final ChronicleSeries series = family.create(labels);
    if (series != null) {
      return series.slot();
    }
    if (overflow == null) {
      throw full("create a series of " + family.descriptor());
    }
    return overflow;
  }

  @Override
  public Slot find(final LabelSet labels) {
    final ChronicleSeries known = family.find(labels);
    return known == null ? null : known.slot();
  }

  @Override
  public boolean remove(final LabelSet labels) {
    return family.remove(labels);
  }

  @Override
  public void clear() {
    family.clear();
  }
}
