package io.narthex.tools.file;

import io.narthex.NarthexException;
import java.util.Arrays;

/**
 * What the header says, right or wrong.
 *
 * @param checksum what is stored
 * @param computed what it should be
 */
record Header(
    int order,
    long version,
    long stripes,
    long window,
    long seed,
    long createdMillis,
    long maxSize,
    long checksum,
    long computed) {

  /**
   * Reads it.
   *
   * @throws NarthexException if this is no file of this layout, so that nothing in it can be told
   */
  static Header read(final FileImage image) {
    if (image.size() == 0) {
      throw new NarthexException(image.path() + " is empty, and no Narthex file; delete it");
    }
    final int begin = (int) Math.min(image.size(), Layout.MAGIC.length);
    final boolean magic = Arrays.equals(image.copy(0, begin), Arrays.copyOf(Layout.MAGIC, begin));
    if (image.size() < Layout.FIRST_SEGMENT_AT) {
      throw new NarthexException(
          magic
              ? image.path()
                  + " is truncated: it has "
                  + image.size()
                  + " bytes, and a Narthex file at least "
                  + Layout.FIRST_SEGMENT_AT
                  + "; restore or delete it"
              : noFile(image));
    }
    final Header header =
        new Header(
            image.getInt(Layout.ORDER_AT),
            image.getUnsignedInt(Layout.VERSION_AT),
            image.getUnsignedInt(Layout.STRIPES_AT),
            image.getUnsignedInt(Layout.WINDOW_AT),
            image.getLong(Layout.SEED_AT),
            image.getLong(Layout.CREATED_AT),
            image.getLong(Layout.MAX_SIZE_AT),
            image.getLong(Layout.HEADER_CHECKSUM_AT),
            image.checksum(0, Layout.HEADER_CHECKSUM_AT));
    if (!magic && header.order != Layout.ORDER_MARK) {
      throw new NarthexException(noFile(image));
    }
    if (header.isTrusted() && header.version != Layout.VERSION) {
      throw new NarthexException(
          image.path()
              + " has layout version "
              + header.version
              + ", and this program reads version "
              + Layout.VERSION
              + "; use a program of that version");
    }
    return header;
  }

  private static String noFile(final FileImage image) {
    return image.path()
        + " is no Narthex file: it does not begin with NARTHEX; choose another path";
  }

  /** Whether the checksum is right. */
  boolean isTrusted() {
    return checksum == computed;
  }

  boolean hasPossibleStripes() {
    return Long.bitCount(stripes) == 1 && stripes <= Layout.MAX_STRIPES;
  }

  boolean hasPossibleWindow() {
    return window >= Layout.MIN_WINDOW && window <= Layout.MAX_WINDOW;
  }
}
