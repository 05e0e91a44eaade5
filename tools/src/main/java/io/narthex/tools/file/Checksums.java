package io.narthex.tools.file;

import java.util.zip.CRC32C;

/** The CRC-32C of a record, without what may change in it. */
final class Checksums {
  private Checksums() {}

  static long of(final byte[] record, final int kind) {
    final CRC32C crc = new CRC32C();
    crc.update(record, 0, 16);
    if (kind == Layout.FAMILY) {
      crc.update(record, 40, record.length - 40);
    } else {
      crc.update(record, 24, 56 - 24);
      crc.update(record, Layout.SERIES_TEXT, record.length - Layout.SERIES_TEXT);
    }
    return crc.getValue();
  }
}
