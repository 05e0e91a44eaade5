package io.narthex.tools.demo;

import io.narthex.NarthexException;
import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.SeriesVisitor;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.tools.web.ShownFile;
import io.narthex.tools.web.ShownFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Shows nothing until there is a file, and then that: a server can start before the workers. */
final class LateViewer implements Backend, ShownFiles {
  private volatile ShownFile shown;

  /** Opens the file that a worker has made. */
  void open(final Path file) {
    shown = new ShownFile(file, file.getFileName().toString(), MappedBackend.openReadOnly(file));
  }

  @Override
  public List<ShownFile> files() {
    final ShownFile opened = shown;
    return opened == null ? List.of() : List.of(opened);
  }

  @Override
  public SortedMap<Path, String> skipped() {
    return new TreeMap<>();
  }

  @Override
  public <X extends Exception> void visit(final SeriesVisitor<X> visitor) throws X {
    final ShownFile opened = shown;
    if (opened != null) {
      opened.backend().visit(visitor);
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
    final ShownFile opened = shown;
    if (opened != null) {
      opened.backend().close();
    }
  }
}
