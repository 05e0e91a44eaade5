package io.narthex.jmh.chronicle;

import io.narthex.NarthexException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import net.openhft.chronicle.bytes.MappedBytes;

/** Hands out neighbouring cells of 8 bytes, all zero, from a mapped file. */
final class ChronicleCells {
  static final int CELL = Long.BYTES;
  static final long LEAST_SIZE = 4096;

  private final MappedBytes bytes;
  private final long end;
  private long used;

  private ChronicleCells(final MappedBytes bytes, final long end) {
    this.bytes = bytes;
    this.end = end;
  }

  static ChronicleCells create(final File file, final long size) {
    try {
      Files.createFile(file.toPath()); // refuses one that exists
      final MappedBytes bytes = map(file, size);
      // Any thread may come, and anything up to the end may be read.
      bytes.singleThreadedCheckDisabled(true);
      bytes.writePosition(size);
      return new ChronicleCells(bytes, size);
    } catch (final IOException e) {
      throw new NarthexException("cannot create " + file + ": " + e, e);
    }
  }

  private static MappedBytes map(final File file, final long size) throws IOException {
    try {
      return MappedBytes.singleMappedBytes(file, size);
    } catch (final AssertionError e) {
      // How Chronicle says that it may not call what it has to.
      Files.deleteIfExists(file.toPath());
      throw new NarthexException(
          "Chronicle cannot map files without the JVM flags " + ChronicleBackend.FLAGS, e);
    }
  }

  MappedBytes bytes() {
    return bytes;
  }

  /** Where so many free cells begin, or -1 if there are none. */
  synchronized long reserve(final int count) {
    final long length = (long) count * CELL;
    if (end - used < length) {
      return -1;
    }
    final long first = used;
    used += length;
    return first;
  }
}
