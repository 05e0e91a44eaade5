package io.narthex.stress.damage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * As much of layout version 1 as is needed to aim at its parts, and to make checksums right again,
 * so that what lies behind them is tried too. Written from the drawings in the engine's
 * descriptors, not from its code.
 */
final class FileLayout {
  static final int DIRECTORY = 4096 + 512 * 64;
  static final int ROW = 64;

  private static final int INDEX = 1;
  private static final int FAMILY = 1;
  private static final int SERIES = 2;
  private static final int HEADER_CHECKSUM = 88;
  private static final int ROW_CHECKSUM = 40;
  private static final int RECORD_CHECKSUM = 16;
  private static final int LONGEST_RECORD = 1 << 20;

  private FileLayout() {}

  /** Where the segment of a directory row begins and ends. */
  static int[] segment(final byte[] file, final int row) {
    final ByteBuffer bytes = buffer(file);
    final int from = (int) bytes.getLong(DIRECTORY + row * ROW + 8);
    return new int[] {from, from + (int) bytes.getLong(DIRECTORY + row * ROW + 16)};
  }

  /** Makes the checksums of the header, the directory and all reachable records right. */
  static void repair(final byte[] file, final byte[] whole) {
    final ByteBuffer bytes = buffer(file);
    bytes.putLong(HEADER_CHECKSUM, checksum(file, 0, HEADER_CHECKSUM));
    for (int row = 0; row < 8; row++) {
      final int at = DIRECTORY + row * ROW;
      if (bytes.getLong(at) != 0) {
        bytes.putLong(at + ROW_CHECKSUM, checksum(file, at, at + ROW_CHECKSUM));
      }
    }
    // By the words of the undamaged file, as damaged ones may lead anywhere.
    final ByteBuffer directory = buffer(whole);
    for (int row = 0; directory.getLong(DIRECTORY + row * ROW) != 0; row++) {
      if (directory.getLong(DIRECTORY + row * ROW) == INDEX) {
        final int[] words = segment(whole, row);
        for (int at = words[0]; at < words[1]; at += Long.BYTES) {
          repairRecord(file, directory.getLong(at) & 0xffff_ffff_ffffL);
        }
      }
    }
  }

  private static void repairRecord(final byte[] file, final long offset) {
    if (offset == 0 || offset > file.length - 96) {
      return;
    }
    final ByteBuffer bytes = buffer(file);
    final int at = (int) offset;
    final int length = bytes.getInt(at);
    final int kind = bytes.getInt(at + 4);
    if (length < 96 || length > LONGEST_RECORD || length > file.length - at) {
      return;
    }
    final CRC32C crc = new CRC32C();
    crc.update(file, at, RECORD_CHECKSUM);
    if (kind == SERIES) {
      crc.update(file, at + 24, 56 - 24);
      crc.update(file, at + 96, length - 96);
    } else if (kind == FAMILY) {
      crc.update(file, at + 40, length - 40);
    }
    bytes.putLong(at + RECORD_CHECKSUM, crc.getValue());
  }

  private static long checksum(final byte[] bytes, final int from, final int to) {
    final CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return crc.getValue();
  }

  private static ByteBuffer buffer(final byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
