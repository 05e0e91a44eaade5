package io.narthex.tools.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * How full a mapped file is, for who asks often: it reads the header and the segment directory and
 * nothing else, and maps nothing. It checks little, as the engine or {@code verify} do; what is
 * impossible is left out.
 *
 * @param size bytes of the file
 * @param maxSize the bytes that it never exceeds
 * @param createdMillis when it was created, ms since the epoch
 * @param version of its layout
 * @param stripes over how many cells each count is spread
 * @param wasted bytes that are used up for good
 * @param parts its segments, in the order of the directory
 */
public record Occupancy(
    long size,
    long maxSize,
    long createdMillis,
    int version,
    int stripes,
    long wasted,
    List<Part> parts) {
  private static final Occupancy UNKNOWN = new Occupancy(0, 0, 0, 0, 0, 0, List.of());

  /**
   * A segment.
   *
   * @param kind {@code index}, {@code records} or {@code cells}
   * @param offset where it begins
   * @param length the bytes of it that can be taken
   * @param used the bytes of it that are taken
   * @param entries words of an index, or cells, that are taken; of records the bytes
   */
  public record Part(String kind, long offset, long length, long used, long entries) {
    private static Part of(final Segment segment) {
      // The counter of a full segment may have gone past its end.
      final long taken = Math.max(0, Math.min(segment.capacity(), segment.used()));
      return new Part(
          Layout.kindName(segment.kind()),
          segment.offset(),
          segment.capacity() * segment.unit(),
          taken * segment.unit(),
          taken);
    }
  }

  /**
   * Reads a file as it is now.
   *
   * @param path the file
   * @return what it says; zeros and no parts if it cannot be read or is too short
   */
  public static Occupancy of(final Path path) {
    final ByteBuffer head =
        ByteBuffer.allocate((int) Layout.FIRST_SEGMENT_AT).order(ByteOrder.LITTLE_ENDIAN);
    final long size;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      while (head.hasRemaining() && channel.read(head, head.position()) > 0) {
        // On.
      }
      // Behind the rows: the file is as long as a row says before the row is written.
      size = channel.size();
    } catch (final IOException e) {
      return UNKNOWN;
    }
    return head.hasRemaining() ? UNKNOWN : read(head, size);
  }

  private static Occupancy read(final ByteBuffer head, final long size) {
    return new Occupancy(
        size,
        head.getLong((int) Layout.MAX_SIZE_AT),
        head.getLong((int) Layout.CREATED_AT),
        head.getInt((int) Layout.VERSION_AT),
        head.getInt((int) Layout.STRIPES_AT),
        head.getLong((int) Layout.WASTED_AT),
        parts(head, size));
  }

  private static List<Part> parts(final ByteBuffer head, final long size) {
    final List<Part> parts = new ArrayList<>();
    for (int row = 0; row < Layout.DIRECTORY_ROWS; row++) {
      final Segment segment = Segment.read(offset -> head.getLong((int) offset), row);
      if (segment.kind() == 0) {
        break;
      }
      if (segment.isUsable(size)) {
        parts.add(Part.of(segment));
      }
    }
    return parts;
  }
}
