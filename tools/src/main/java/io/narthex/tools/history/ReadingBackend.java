package io.narthex.tools.history;

import io.narthex.NarthexException;
import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.SeriesVisitor;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingCursor;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;

/** A backend that shows a reading, so that what writes pages for registries writes it too. */
final class ReadingBackend implements Backend {
  private final Reading reading;

  ReadingBackend(final Reading reading) {
    this.reading = reading;
  }

  @Override
  public <X extends Exception> void visit(final SeriesVisitor<X> visitor) throws X {
    final ReadingCursor cursor = new ReadingCursor();
    for (final ReadingFamily family : reading.families()) {
      if (visitor.family(family.descriptor())) {
        for (final ReadingSeries series : family.series()) {
          visitor.series(cursor.moveTo(series, series.labelText()));
        }
      }
    }
  }

  @Override
  public BackendFamily register(final FamilyDescriptor wanted, final LabelSet overflow) {
    throw new NarthexException("cannot register " + wanted + " with what was read");
  }

  @Override
  public boolean unregister(final String family) {
    throw new NarthexException("cannot unregister " + family + " from what was read");
  }

  @Override
  public void close() {
    // It holds nothing but memory.
  }
}
