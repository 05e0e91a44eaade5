package io.narthex.tools.history;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One entry of a segment: a head, then its payload, deflated. The head has a checksum of its own,
 * so that an entry whose payload is damaged can be stepped over by its length; where the head is
 * damaged a reader looks for the next mark.
 *
 * <pre>
 *    0  u32  mark, "NXEN"
 *    4  u32  kind: 1 keyframe, 2 change, 3 note
 *    8  u64  time, ms since the epoch
 *   16  u32  offset in the segment of the keyframe that a change is to; else 0
 *   20  u32  length of the payload as it is here
 *   24  u32  length of the payload inflated
 *   28  u32  CRC-32C of the payload as it is here
 *   32  u32  CRC-32C of bytes 0 to 31
 *   36       payload
 * </pre>
 *
 * <p>Each change is one to the keyframe and not to the entry before: where an entry is damaged,
 * only that moment is lost, and with a keyframe those up to the next one.
 */
final class EntryDescriptor {
  static final int HEAD = 36;
  static final int KEYFRAME = 1;
  static final int CHANGE = 2;
  static final int NOTE = 3;

  /** No state is larger: what says so is damaged, or hostile. */
  static final int PAYLOAD_MAX = 1 << 30;

  static final int MARK = 0x4E45584E; // "NXEN" in the file

  private static final int KIND_OFFSET = 4;
  private static final int TIME_OFFSET = 8;
  private static final int BASE_OFFSET = 16;
  private static final int LENGTH_OFFSET = 20;
  private static final int INFLATED_OFFSET = 24;
  private static final int PAYLOAD_CRC_OFFSET = 28;
  private static final int CRC_OFFSET = 32;

  private EntryDescriptor() {}

  /** The head in front of a payload, both ready to be written. */
  static ByteBuffer entry(
      final int kind,
      final long millis,
      final int base,
      final byte[] payload,
      final int length,
      final int inflatedLength) {
    final ByteBuffer entry = ByteBuffer.allocate(HEAD + length).order(ByteOrder.LITTLE_ENDIAN);
    entry.putInt(0, MARK);
    entry.putInt(KIND_OFFSET, kind);
    entry.putLong(TIME_OFFSET, millis);
    entry.putInt(BASE_OFFSET, base);
    entry.putInt(LENGTH_OFFSET, length);
    entry.putInt(INFLATED_OFFSET, inflatedLength);
    entry.put(HEAD, payload, 0, length);
    entry.putInt(PAYLOAD_CRC_OFFSET, SegmentDescriptor.crc(entry, HEAD, length));
    entry.putInt(CRC_OFFSET, SegmentDescriptor.crc(entry, 0, CRC_OFFSET));
    return entry;
  }

  /** Whether a whole head with a right checksum stands there. */
  static boolean isHead(final ByteBuffer segment, final int at) {
    return at + HEAD <= segment.limit()
        && segment.getInt(at) == MARK
        && segment.getInt(at + CRC_OFFSET) == SegmentDescriptor.crc(segment, at, CRC_OFFSET)
        && length(segment, at) >= 0
        && length(segment, at) <= PAYLOAD_MAX
        && inflatedLength(segment, at) >= 0
        && inflatedLength(segment, at) <= PAYLOAD_MAX;
  }

  static int kind(final ByteBuffer segment, final int at) {
    return segment.getInt(at + KIND_OFFSET);
  }

  static long millis(final ByteBuffer segment, final int at) {
    return segment.getLong(at + TIME_OFFSET);
  }

  static int base(final ByteBuffer segment, final int at) {
    return segment.getInt(at + BASE_OFFSET);
  }

  static int length(final ByteBuffer segment, final int at) {
    return segment.getInt(at + LENGTH_OFFSET);
  }

  static int inflatedLength(final ByteBuffer segment, final int at) {
    return segment.getInt(at + INFLATED_OFFSET);
  }

  /** Of an entry that the segment has room for. */
  static boolean isPayloadWhole(final ByteBuffer segment, final int at) {
    return segment.getInt(at + PAYLOAD_CRC_OFFSET)
        == SegmentDescriptor.crc(segment, at + HEAD, length(segment, at));
  }
}
