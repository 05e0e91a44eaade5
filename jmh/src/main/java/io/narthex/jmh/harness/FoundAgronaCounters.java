package io.narthex.jmh.harness;

import io.narthex.jmh.AgronaFile;
import java.nio.file.Path;
import org.agrona.concurrent.status.AtomicCounter;

/** Agrona's, that another process makes: see {@link AgronaMaker}. */
final class FoundAgronaCounters implements Counters {
  private final AgronaFile file;

  FoundAgronaCounters(final Path path) {
    this.file = AgronaFile.open(path);
  }

  @Override
  public Runnable counter(final String metric, final String child) {
    final AtomicCounter counter = file.find(AgronaMaker.label(metric, child));
    return counter::increment;
  }

  @Override
  public void close() {
    file.close();
  }
}
