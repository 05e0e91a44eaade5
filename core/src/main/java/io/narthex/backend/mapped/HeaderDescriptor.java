package io.narthex.backend.mapped;

import java.nio.charset.StandardCharsets;

/**
 * The first page of the file. All numbers are little-endian.
 *
 * <pre>
 *   0        4        8        12       16       20       24       28
 *  +--------+--------+--------+--------+--------+--------+--------+--------+
 *  | magic "NARTHEX\0" (bytes) | order  |version | stripes| window |
 *  +-----------------+-----------------+-----------------+-----------------+
 * 24| hash seed       | created ms      | max size        |
 *  +-----------------+-----------------+-----------------+
 * 48| process table at| process rows    | directory at    | directory rows  |
 *  +-----------------+-----------------+-----------------+-----------------+
 * 80| first segment at| CRC-32C of [0, 88)                |
 *  +-----------------+-----------------------------------+
 *  | 96 … 127 reserved, zero                             |
 *  +-----------------+-----------------------------------+
 * 128| incarnations    | wasted          | 144 … 4095 reserved, zero
 *  +-----------------+-----------------+
 * </pre>
 *
 * The bytes before 96 never change once the file has its name. Incarnations is how many processes
 * have counted into the file, and wasted how many bytes were used up for good; both by atomic adds.
 */
final class HeaderDescriptor {
  static final byte[] MAGIC = "NARTHEX\0".getBytes(StandardCharsets.US_ASCII);

  /** Read as little-endian from a file that was written as such. */
  static final int ORDER_MARK = 0x0102_0304;

  static final int VERSION = 1;

  static final int MAGIC_OFFSET = 0;
  static final int ORDER_OFFSET = 8;
  static final int VERSION_OFFSET = 12;
  static final int STRIPES_OFFSET = 16;
  static final int WINDOW_OFFSET = 20;
  static final int SEED_OFFSET = 24;
  static final int CREATED_OFFSET = 32;
  static final int MAX_SIZE_OFFSET = 40;
  static final int PROCESS_TABLE_OFFSET = 48;
  static final int PROCESS_ROWS_OFFSET = 56;
  static final int DIRECTORY_OFFSET = 64;
  static final int DIRECTORY_ROWS_OFFSET = 72;
  static final int FIRST_SEGMENT_OFFSET = 80;
  static final int CHECKSUM_OFFSET = 88;
  static final int INCARNATIONS_OFFSET = 128;
  static final int WASTED_OFFSET = 136;

  /** Length of the header: one page. */
  static final int LENGTH = 4096;

  /** Where version 1 puts the process table: {@value #PROCESS_ROWS} rows of 64 bytes, reserved. */
  static final int PROCESS_TABLE_AT = LENGTH;

  static final int PROCESS_ROW_LENGTH = 64;
  static final int PROCESS_ROWS = 512;

  /** Where version 1 puts the segment directory. */
  static final int DIRECTORY_AT = PROCESS_TABLE_AT + PROCESS_ROWS * PROCESS_ROW_LENGTH;

  static final int DIRECTORY_ROWS = 448;

  /**
   * Where version 1 lets the segments begin, and to what it aligns them (the largest page size).
   */
  static final int FIRST_SEGMENT_AT = 64 << 10;

  private HeaderDescriptor() {}
}
