package io.narthex.jmh;

import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * A mapped file of Agrona's counters, as Aeron keeps its own: one process makes them, and others
 * find them by their labels. It needs {@link ForkFlags#AGRONA}.
 */
public final class AgronaFile implements AutoCloseable {
  private static final int MOST_COUNTERS = 1024;
  private static final int METADATA = MOST_COUNTERS * CountersReader.METADATA_LENGTH;
  private static final int VALUES = MOST_COUNTERS * CountersReader.COUNTER_LENGTH;

  private final MappedByteBuffer mapped;
  private final UnsafeBuffer metadata;
  private final UnsafeBuffer values;

  private AgronaFile(final MappedByteBuffer mapped) {
    this.mapped = mapped;
    this.metadata = new UnsafeBuffer(mapped, 0, METADATA);
    this.values = new UnsafeBuffer(mapped, METADATA, VALUES);
  }

  /** Makes it, without any counters. */
  public static AgronaFile create(final Path file) {
    return new AgronaFile(IoUtil.mapNewFile(file.toFile(), METADATA + VALUES));
  }

  /** Opens one that is there. */
  public static AgronaFile open(final Path file) {
    return new AgronaFile(IoUtil.mapExistingFile(file.toFile(), "counters"));
  }

  /** Makes counters; there may be one manager of a file, for one thread at a time. */
  public CountersManager manager() {
    return new CountersManager(metadata, values);
  }

  /** Looks at counters. */
  public CountersReader reader() {
    return new CountersReader(metadata, values);
  }

  /** The counter of that label, to count with. */
  public AtomicCounter find(final String label) {
    final int[] found = {CountersReader.NULL_COUNTER_ID};
    reader()
        .forEach(
            (id, text) -> {
              if (text.equals(label)) {
                found[0] = id;
              }
            });
    if (found[0] == CountersReader.NULL_COUNTER_ID) {
      throw new IllegalArgumentException("no counter " + label);
    }
    return new AtomicCounter(values, found[0]);
  }

  /** Unmaps it; from now on nobody here may use a counter of it. */
  @Override
  public void close() {
    IoUtil.unmap(mapped);
  }
}
