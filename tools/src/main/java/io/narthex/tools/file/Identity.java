package io.narthex.tools.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What no two mapped files have in common, also if one is copied over the other.
 *
 * @param seed of the key hash
 * @param createdMillis since the epoch
 */
public record Identity(long seed, long createdMillis) {
  /**
   * Reads it from a header, and nothing else of that.
   *
   * @param file any file; of what is no mapped one it is any numbers
   * @return the identity
   * @throws IOException if it cannot be read, or is too short
   */
  public static Identity of(final Path file) throws IOException {
    final ByteBuffer read = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.read(read, Layout.SEED_AT) < read.capacity()) {
        throw new EOFException(file + " is too short");
      }
    }
    return new Identity(read.getLong(0), read.getLong(Long.BYTES));
  }
}
