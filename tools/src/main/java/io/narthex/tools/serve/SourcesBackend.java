package io.narthex.tools.serve;

import io.narthex.NarthexException;
import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.SeriesVisitor;
import io.narthex.tools.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Iterator;

/** Shows all sources as one, and what the sidecar tells of itself among them. */
final class SourcesBackend implements Backend {
  private final Sources sources;
  private final ServeMeters meters;

  SourcesBackend(final Sources sources, final ServeMeters meters) {
    this.sources = sources;
    this.meters = meters;
  }

  @Override
  public <X extends Exception> void visit(final SeriesVisitor<X> visitor) throws X {
    if (sources.isLabelled()) {
      visitReadings(visitor);
    } else {
      visitFile(visitor);
    }
  }

  /** Each is read whole before anything is shown: one that fails then takes no other with it. */
  private <X extends Exception> void visitReadings(final SeriesVisitor<X> visitor) throws X {
    final Union union = new Union();
    long series = 0;
    for (final Source source : sources.now()) {
      try {
        final Reading reading = Reading.of(source.registry());
        union.add(source.label(), reading);
        series += reading.seriesCount();
      } catch (final NarthexException e) {
        sources.fail(source, e);
      }
    }
    meters.series.set((double) series);
    meters.leftOut.set((double) union.leftOut());
    own(union).show(visitor);
  }

  /** The one file is not copied; a page of it costs what it costs in the service itself. */
  private <X extends Exception> void visitFile(final SeriesVisitor<X> visitor) throws X {
    final Iterator<Source> only = sources.now().iterator();
    if (!only.hasNext()) {
      meters.series.set(0);
      own(new Union()).show(visitor);
      return;
    }
    final Source source = only.next();
    final Interleaved<X> both = new Interleaved<>(own(new Union()), visitor);
    try {
      source.registry().visit(both);
    } catch (final NarthexException e) {
      sources.fail(source, e);
      throw e;
    }
    both.end();
    if (both.isWhole()) {
      meters.series.set((double) both.seriesCount());
    }
  }

  private Union own(final Union union) {
    long bytes = 0;
    int files = 0;
    for (final Source source : sources.now()) {
      files++;
      bytes += size(source);
    }
    meters.files.set(files);
    meters.fileBytes.set((double) bytes);
    meters.badFiles.set(sources.skipped().size());
    union.add("", meters.read());
    return union;
  }

  private static long size(final Source source) {
    try {
      return Files.size(source.path());
    } catch (final IOException e) {
      return 0; // just gone
    }
  }

  @Override
  public BackendFamily register(final FamilyDescriptor wanted, final LabelSet overflow) {
    throw new NarthexException("cannot register " + wanted + ": the files are only read");
  }

  @Override
  public boolean unregister(final String family) {
    throw new NarthexException("cannot unregister " + family + ": the files are only read");
  }

  /** The sources are somebody else's. */
  @Override
  public void close() {}
}
