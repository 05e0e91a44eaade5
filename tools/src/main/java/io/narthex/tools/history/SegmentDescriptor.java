package io.narthex.tools.history;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The head of a segment of a history, and the layout of all its numbers: little-endian.
 *
 * <pre>
 *    0  8 bytes  magic "NXHISTRY"
 *    8  u32      version, 1
 *   12  u32      0
 *   16  u64      when it was begun, ms since the epoch
 *   24  u32      0
 *   28  u32      CRC-32C of bytes 0 to 27
 *   32           entries, one after the other; see {@link EntryDescriptor}
 * </pre>
 *
 * <p>A segment holds a keyframe before its first change, so that each can be read without the ones
 * before.
 */
final class SegmentDescriptor {
  static final int LENGTH = 32;

  private static final byte[] MAGIC = "NXHISTRY".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int VERSION_OFFSET = 8;
  private static final int BEGUN_OFFSET = 16;
  private static final int CRC_OFFSET = 28;

  private SegmentDescriptor() {}

  static ByteBuffer head(final long begunMillis) {
    final ByteBuffer head = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    head.put(0, MAGIC);
    head.putInt(VERSION_OFFSET, VERSION);
    head.putLong(BEGUN_OFFSET, begunMillis);
    head.putInt(CRC_OFFSET, crc(head, 0, CRC_OFFSET));
    return head;
  }

  /** Whether a segment has but a part of a head, or nothing as yet. */
  static boolean isCutOff(final ByteBuffer segment) {
    return segment.limit() < LENGTH && beginsRight(segment);
  }

  /** What is damaged in the head of a segment, or null; its entries may be whole. */
  static String flaw(final ByteBuffer segment) {
    if (!beginsRight(segment)) {
      return "it does not begin as a segment of a history does";
    }
    return segment.getInt(CRC_OFFSET) == crc(segment, 0, CRC_OFFSET)
        ? null
        : "the checksum of its head is wrong";
  }

  /** Why a segment with a whole head cannot be read by this program, or null if it can. */
  static String hindrance(final ByteBuffer segment) {
    final int version = segment.getInt(VERSION_OFFSET);
    return version == VERSION
        ? null
        : "it has the version " + version + ", and this program reads version " + VERSION;
  }

  private static boolean beginsRight(final ByteBuffer segment) {
    final int length = Math.min(MAGIC.length, segment.limit());
    return segment.slice(0, length).equals(ByteBuffer.wrap(MAGIC, 0, length));
  }

  /** The checksum of a part of a buffer. */
  static int crc(final ByteBuffer buffer, final int from, final int length) {
    final CRC32C crc = new CRC32C();
    crc.update(buffer.slice(from, length));
    return (int) crc.getValue();
  }
}
