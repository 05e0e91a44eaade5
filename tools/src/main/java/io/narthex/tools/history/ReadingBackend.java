package io.narthex.tools.history;

import io.narthex.NarthexException;
import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.nio.charset.StandardCharsets;

/** A backend that shows a reading, so that what writes pages for registries writes it too. */
final class ReadingBackend implements Backend {
  private final Reading reading;

  ReadingBackend(final Reading reading) {
    this.reading = reading;
  }

  @Override
  public <X extends Exception> void visit(final SeriesVisitor<X> visitor) throws X {
    for (final ReadingFamily family : reading.families()) {
      if (visitor.family(family.descriptor())) {
        for (final ReadingSeries series : family.series()) {
          visitor.series(new Cursor(series));
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

  private static final class Cursor implements Series {
    private final ReadingSeries series;
    private final byte[] labels;

    Cursor(final ReadingSeries series) {
      this.series = series;
      this.labels = series.labelText().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int labelsLength() {
      return labels.length;
    }

    @Override
    public void copyLabels(final byte[] target, final int at) {
      System.arraycopy(labels, 0, target, at, labels.length);
    }

    @Override
    public long createdMillis() {
      return series.createdMillis();
    }

    @Override
    public double value() {
      return series.value();
    }

    @Override
    public long bucket(final int index) {
      return series.bucket(index);
    }

    @Override
    public double sum() {
      return series.sum();
    }
  }
}
