package io.narthex.stress.room;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that takes the room of a file system, all but what is to be left. */
final class Filler {
  private static final int[] STEPS = {256 << 10, 4 << 10};

  private final Path file;

  Filler(final Path file) {
    this.file = file;
  }

  /** Takes all room but so many bytes. */
  void leave(final long bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (final int step : STEPS) {
        fill(channel, ByteBuffer.allocateDirect(step));
      }
      channel.truncate(Math.max(0, channel.size() - bytes));
    }
  }

  private static void fill(final FileChannel channel, final ByteBuffer zeros) {
    try {
      while (true) {
        channel.write(zeros.clear(), channel.size());
      }
    } catch (final IOException e) {
      // There is no room left.
    }
  }

  void giveBack() throws IOException {
    Files.delete(file);
  }
}
