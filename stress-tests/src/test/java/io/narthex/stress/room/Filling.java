package io.narthex.stress.room;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How many segments of one kind a file has, and how far the newest of them is used, as {@code
 * docs/file-format.md} says where to read it.
 */
record Filling(int segments, double used) {
  private static final int DIRECTORY = 36_864;
  private static final int ROW = 64;
  private static final int ROWS = 448;
  private static final int LENGTH = 16;
  private static final int STRIDE = 32;
  private static final int USED = 48;

  static Filling of(final Path file, final Kind kind) throws IOException {
    final ByteBuffer rows = ByteBuffer.allocate(ROWS * ROW).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (rows.hasRemaining() && channel.read(rows, DIRECTORY + rows.position()) > 0) {
        // until all rows are there
      }
    }
    int segments = 0;
    double used = 0;
    for (int row = 0; row < ROWS && rows.getLong(row * ROW) != 0; row++) {
      if (rows.getLong(row * ROW) == kind.number) {
        segments++;
        final double capacity =
            switch (kind) {
              case INDEX -> rows.getLong(row * ROW + LENGTH) / 8.0;
              case RECORDS -> rows.getLong(row * ROW + LENGTH);
              case CELLS -> rows.getLong(row * ROW + STRIDE) / 8.0;
            };
        used = rows.getLong(row * ROW + USED) / capacity;
      }
    }
    return new Filling(segments, used);
  }

  /** The kinds of segments. */
  enum Kind {
    INDEX(1),
    RECORDS(2),
    CELLS(3);

    private final int number;

    Kind(final int number) {
      this.number = number;
    }
  }
}
