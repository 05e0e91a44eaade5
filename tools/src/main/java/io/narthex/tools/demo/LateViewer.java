package io.narthex.tools.demo;

import io.narthex.NarthexException;
import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.SeriesVisitor;
import io.narthex.backend.mapped.MappedBackend;
import java.nio.file.Path;

/** Shows nothing until there is a file, and then that: a server can start before the workers. */
final class LateViewer implements Backend {
  private volatile Backend viewer;

  /** Opens the file that a worker has made. */
  void open(final Path file) {
    viewer = MappedBackend.openReadOnly(file);
  }

  @Override
  public <X extends Exception> void visit(final SeriesVisitor<X> visitor) throws X {
    final Backend opened = viewer;
    if (opened != null) {
      opened.visit(visitor);
    }
  }

  @Override
  public BackendFamily register(final FamilyDescriptor wanted, final LabelSet overflow) {
    throw new NarthexException(
        "cannot register " + wanted + ": the demo only looks at its workers");
  }

  @Override
  public boolean unregister(final String family) {
    throw new NarthexException("cannot unregister " + family + ": the demo only looks");
  }

  @Override
  public void close() {
    final Backend opened = viewer;
    if (opened != null) {
      opened.close();
    }
  }
}
