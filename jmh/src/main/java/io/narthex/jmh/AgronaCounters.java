package io.narthex.jmh;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/** Agrona's counters in a mapped file, as Aeron keeps its own. */
final class AgronaCounters implements AutoCloseable {
  private static final int MOST_COUNTERS = 1024;

  private final PrivateDirectory directory;
  private final MappedByteBuffer mapped;
  private final CountersManager manager;

  AgronaCounters() throws IOException {
    final int metadata = MOST_COUNTERS * CountersReader.METADATA_LENGTH;
    final int values = MOST_COUNTERS * CountersReader.COUNTER_LENGTH;
    directory = new PrivateDirectory();
    mapped = IoUtil.mapNewFile(directory.file().toFile(), metadata + values);
    manager =
        new CountersManager(
            new UnsafeBuffer(mapped, 0, metadata), new UnsafeBuffer(mapped, metadata, values));
  }

  /** A new one; the manager itself is for one thread at a time. */
  synchronized AtomicCounter counter(final String label) {
    return manager.newCounter(label);
  }

  @Override
  public void close() throws IOException {
    IoUtil.unmap(mapped);
    directory.close();
  }
}
