package io.narthex.stress.damage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * As much of layout version 1 as is needed to aim at its parts, and to make checksums right again,
 * so that what lies behind them is tried too. Written from the drawings in the engine's
 * descriptors, not from its code.
 */
final class FileLayout {
  static final int INCARNATIONS = 128;
  static final int PROCESSES = 4096;
  static final int DIRECTORY = PROCESSES + 512 * 64;

  /** The length of a row of the process table, and of the directory. */
  static final int ROW = 64;

  /** Those of the directory. */
  private static final int ROWS = 448;

  /** In a row of the directory. */
  static final int STRIPES = 24;

  static final int STRIDE = 32;

  static final int INDEX = 1;
  static final int RECORDS = 2;
  static final int CELLS = 3;
  static final long OFFSET_MASK = 0xffff_ffff_ffffL;

  static final int KIND = 4;
  static final int FAMILY = 1;
  static final int FAMILY_BODY = 72;
  static final int SERIES = 2;
  static final int SERIES_FAMILY = 24;
  static final int CELLS_AT = 40;
  static final int CELL_COUNT = 48;
  static final int TEXT_LENGTH = 52;
  static final int FRACTION = 64;
  static final int BASELINE = 72;
  static final int SERIES_TEXT = 96;

  /** The bit of a baseline word that hides the series. */
  static final long HIDDEN = 1;

  private static final int LENGTH = 16;
  private static final int USED = 48;
  private static final long ACTIVE = 1;
  private static final int GAUGE = 1;
  private static final int INFO = 4;
  private static final int SHARED = 0;
  private static final int MOST_RECENT = 4;
  static final int HEADER_CHECKSUM = 88;
  static final int ROW_CHECKSUM = 40;
  static final int RECORD_CHECKSUM = 16;
  private static final int RECORD_PREFIX = 24;
  private static final int LONGEST_RECORD = 1 << 20;

  private FileLayout() {}

  /** Where the segment of a directory row begins and ends. */
  static int[] segment(final byte[] file, final int row) {
    final ByteBuffer bytes = buffer(file);
    final int from = (int) bytes.getLong(DIRECTORY + row * ROW + 8);
    return new int[] {from, from + (int) bytes.getLong(DIRECTORY + row * ROW + LENGTH)};
  }

  /** The kind of a directory row, 0 for none. */
  static long kind(final ByteBuffer file, final int row) {
    return file.getLong(DIRECTORY + row * ROW);
  }

  /** The first row of a kind. */
  static int rowOf(final ByteBuffer file, final int kind) {
    int row = 0;
    while (kind(file, row) != kind) {
      row++;
    }
    return row;
  }

  /** The last row of a kind. */
  private static int lastRowOf(final ByteBuffer file, final int kind) {
    int last = 0;
    for (int row = 0; kind(file, row) != 0; row++) {
      if (kind(file, row) == kind) {
        last = row;
      }
    }
    return last;
  }

  /** The row whose segment has an offset, -1 if none has it. */
  static int rowAt(final ByteBuffer file, final long offset) {
    for (int row = 0; kind(file, row) != 0; row++) {
      final long from = file.getLong(DIRECTORY + row * ROW + 8);
      if (offset >= from && offset - from < file.getLong(DIRECTORY + row * ROW + LENGTH)) {
        return row;
      }
    }
    return -1;
  }

  /** Whether a place is in a segment that is not the first one of its kind, or in its row. */
  static boolean isLater(final ByteBuffer file, final int at) {
    final boolean inDirectory = at >= DIRECTORY && at < DIRECTORY + ROWS * ROW;
    final int row = inDirectory ? (at - DIRECTORY) / ROW : rowAt(file, at);
    return row >= 0 && kind(file, row) != 0 && row != rowOf(file, (int) kind(file, row));
  }

  static int stripes(final ByteBuffer file) {
    return (int) file.getLong(DIRECTORY + rowOf(file, CELLS) * ROW + STRIPES);
  }

  /** From one stripe to the next of a cell. */
  static long stride(final ByteBuffer file, final long cell) {
    return file.getLong(DIRECTORY + rowAt(file, cell) * ROW + STRIDE);
  }

  /** Whether a family is neither unregistered nor rejected. */
  static boolean isActive(final ByteBuffer file, final int family) {
    return file.getLong(family + 24) == ACTIVE;
  }

  /** The name of a family. */
  static String name(final byte[] file, final int family) {
    final ByteBuffer buffer = buffer(file);
    final int name = family + FAMILY_BODY + Double.BYTES * buffer.getInt(family + 60);
    return new String(file, name + 4, buffer.getInt(name), StandardCharsets.UTF_8);
  }

  /** The labels of a series, as they are exported. */
  static String labels(final byte[] file, final int series) {
    final int length = buffer(file).getInt(series + TEXT_LENGTH);
    return new String(file, series + SERIES_TEXT, length, StandardCharsets.UTF_8);
  }

  /** Whether each process has a part of its own in a series. */
  static boolean hasParts(final ByteBuffer file, final int series) {
    final int family = (int) file.getLong(series + SERIES_FAMILY);
    final int type = file.getInt(family + 40);
    final int mode = file.getInt(family + 44);
    return type == INFO || (type == GAUGE && mode != SHARED && mode != MOST_RECENT);
  }

  /** Takes units of the last segment of a kind, as the engine does; the offset of the first one. */
  static int take(final ByteBuffer file, final int kind, final int units) {
    final int row = DIRECTORY + lastRowOf(file, kind) * ROW;
    final long used = file.getLong(row + USED);
    file.putLong(row + USED, used + units);
    return (int) (file.getLong(row + 8) + used * (kind == CELLS ? Long.BYTES : 1));
  }

  /** Takes all that is left of the last segment of records, or of cells. */
  static void exhaust(final ByteBuffer file, final int kind) {
    final int row = DIRECTORY + lastRowOf(file, kind) * ROW;
    final long length = file.getLong(row + (kind == CELLS ? STRIDE : LENGTH));
    file.putLong(row + USED, kind == CELLS ? length / Long.BYTES : length);
  }

  /** Makes the checksums of the header, the directory and all reachable records right. */
  static void repair(final byte[] file, final byte[] whole) {
    final ByteBuffer bytes = buffer(file);
    bytes.putLong(HEADER_CHECKSUM, checksum(file, 0, HEADER_CHECKSUM));
    for (int row = 0; row < ROWS; row++) {
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
          repairRecord(file, directory.getLong(at) & OFFSET_MASK);
        }
      }
    }
  }

  private static void repairRecord(final byte[] file, final long offset) {
    if (offset == 0 || offset > file.length - RECORD_PREFIX) {
      return;
    }
    final ByteBuffer bytes = buffer(file);
    final int at = (int) offset;
    final int length = bytes.getInt(at);
    final int kind = bytes.getInt(at + KIND);
    final int least = kind == FAMILY ? FAMILY_BODY : SERIES_TEXT;
    if (length < least || length > LONGEST_RECORD || length > file.length - at) {
      return;
    }
    final CRC32C crc = new CRC32C();
    crc.update(file, at, RECORD_CHECKSUM);
    if (kind == SERIES) {
      crc.update(file, at + 24, 56 - 24);
      crc.update(file, at + SERIES_TEXT, length - SERIES_TEXT);
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

  static ByteBuffer buffer(final byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
