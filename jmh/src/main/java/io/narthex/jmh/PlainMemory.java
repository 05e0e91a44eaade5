package io.narthex.jmh;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** A mapped file of bare numbers, 256 bytes apart, so that no two share a cache line. */
final class PlainMemory implements AutoCloseable {
  private static final int SIZE = 1 << 20;
  private static final int APART = 256;

  private final PrivateDirectory directory;
  private final MappedByteBuffer mapped;

  PlainMemory() throws IOException {
    directory = new PrivateDirectory();
    try (FileChannel file =
        FileChannel.open(
            directory.file(),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      mapped = file.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
    }
    mapped.order(ByteOrder.nativeOrder());
  }

  static int offset(final int number) {
    return number * APART;
  }

  /** Adds 1 by a load and a store; what another thread adds meanwhile is lost. */
  void inc(final int offset) {
    mapped.putLong(offset, mapped.getLong(offset) + 1);
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
