package io.narthex.tools.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * How full a mapped file is, from its header and its segment directory as docs/file-format.md has
 * them. What the engine has opened was checked by it; what is impossible all the same is left out.
 *
 * @param size bytes of the file
 * @param maxSize the bytes that it never exceeds
 * @param createdMillis when it was created, ms since the epoch
 * @param version of its layout
 * @param stripes over how many cells each count is spread
 * @param wasted bytes that are used up for good
 * @param segments what it consists of, in the order of the directory
 */
record Occupancy(
    long size,
    long maxSize,
    long createdMillis,
    int version,
    int stripes,
    long wasted,
    List<Segment> segments) {
  private static final int FIRST_SEGMENT_AT = 65_536;
  private static final int VERSION_AT = 12;
  private static final int STRIPES_AT = 16;
  private static final int CREATED_AT = 32;
  private static final int MAX_SIZE_AT = 40;
  private static final int WASTED_AT = 136;
  private static final int DIRECTORY_AT = 36_864;
  private static final int ROWS = 448;
  private static final int ROW_LENGTH = 64;
  private static final int WORD = 8;

  private static final Occupancy UNKNOWN = new Occupancy(0, 0, 0, 0, 0, 0, List.of());

  /** What a segment holds. */
  enum Kind {
    INDEX,
    RECORDS,
    CELLS
  }

  /**
   * A part of the file.
   *
   * @param offset where it begins
   * @param length the bytes of it that can be taken
   * @param used the bytes of it that are taken
   * @param entries words of an index, or cells, that are taken; of records the bytes
   */
  record Segment(Kind kind, long offset, long length, long used, long entries) {}

  /** Reads the file as it is now; nothing is known of one that cannot be read. */
  static Occupancy of(final Path path) {
    final ByteBuffer head = ByteBuffer.allocate(FIRST_SEGMENT_AT).order(ByteOrder.LITTLE_ENDIAN);
    final long size;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      size = channel.size();
      while (head.hasRemaining() && channel.read(head, head.position()) > 0) {
        // On.
      }
    } catch (final IOException e) {
      return UNKNOWN;
    }
    if (head.hasRemaining()) {
      return UNKNOWN;
    }
    final int stripes = head.getInt(STRIPES_AT);
    return new Occupancy(
        size,
        head.getLong(MAX_SIZE_AT),
        head.getLong(CREATED_AT),
        head.getInt(VERSION_AT),
        stripes,
        head.getLong(WASTED_AT),
        segments(head, stripes));
  }

  private static List<Segment> segments(final ByteBuffer head, final int stripes) {
    final List<Segment> segments = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      final int at = DIRECTORY_AT + row * ROW_LENGTH;
      final long kind = head.getLong(at);
      if (kind < 1 || kind > Kind.values().length) {
        break;
      }
      final Kind known = Kind.values()[(int) kind - 1];
      // Stripes of cells need not fill their segment to the last byte.
      final long length =
          known == Kind.CELLS ? head.getLong(at + 32) * stripes : head.getLong(at + 16);
      final long entries = head.getLong(at + 48);
      final long bytes =
          switch (known) {
            case INDEX -> entries * WORD;
            case RECORDS -> entries;
            case CELLS -> entries * WORD * stripes;
          };
      // The counter of a full segment may have gone past its end.
      final long used = Math.max(0, Math.min(bytes, length));
      segments.add(new Segment(known, head.getLong(at + 8), length, used, entries));
    }
    return segments;
  }
}
