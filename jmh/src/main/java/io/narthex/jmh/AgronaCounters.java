package io.narthex.jmh;

import java.io.IOException;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/** Agrona's counters in a file of their own. */
final class AgronaCounters implements AutoCloseable {
  private final PrivateDirectory directory;
  private final AgronaFile file;
  private final CountersManager manager;

  AgronaCounters() throws IOException {
    directory = new PrivateDirectory();
    file = AgronaFile.create(directory.file());
    manager = file.manager();
  }

  /** A new one; the manager itself is for one thread at a time. */
  synchronized AtomicCounter counter(final String label) {
    return manager.newCounter(label);
  }

  @Override
  public void close() throws IOException {
    file.close();
    directory.close();
  }
}
