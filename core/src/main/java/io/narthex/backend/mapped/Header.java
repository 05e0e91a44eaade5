package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import io.narthex.backend.Stripes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/** What a file's header says, after it has been checked. */
record Header(int stripes, int window, long seed, long createdMillis, long maxSize) {

  static final int MAX_STRIPES = Stripes.MOST;
  private static final int MIN_WINDOW = 8;
  private static final int MAX_WINDOW = 1024;

  /**
   * Reads a header.
   *
   * @param bytes the first bytes of the file, as many of a header as it has
   * @throws NarthexException that says what is wrong with it
   */
  static Header parse(final Path path, final byte[] bytes, final long size) {
    if (size == 0) {
      throw new NarthexException(path + " is empty, and no Narthex file; delete it");
    }
    checkMagic(path, bytes);
    if (size < HeaderDescriptor.FIRST_SEGMENT_AT || bytes.length < HeaderDescriptor.LENGTH) {
      throw new UnusableFileException(
          path
              + " is truncated: it has "
              + size
              + " bytes, and a Narthex file at least "
              + HeaderDescriptor.FIRST_SEGMENT_AT
              + "; restore or delete it");
    }
    final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    final int order = header.getInt(HeaderDescriptor.ORDER_OFFSET);
    if (order == Integer.reverseBytes(HeaderDescriptor.ORDER_MARK)) {
      throw byteOrder(path);
    }
    if (order != HeaderDescriptor.ORDER_MARK) {
      throw damaged(path, "its byte-order mark is 0x" + Integer.toHexString(order));
    }
    final int version = header.getInt(HeaderDescriptor.VERSION_OFFSET);
    if (version != HeaderDescriptor.VERSION) {
      throw new UnusableFileException(
          path
              + " has layout version "
              + version
              + ", and this program reads version "
              + HeaderDescriptor.VERSION
              + "; use a program of that version, or delete the file");
    }
    if (checksum(bytes) != header.getLong(HeaderDescriptor.CHECKSUM_OFFSET)) {
      throw damaged(path, "the checksum of its header is wrong");
    }
    return checked(path, header);
  }

  static long checksum(final byte[] header) {
    return Checksum.of(header, 0, HeaderDescriptor.CHECKSUM_OFFSET);
  }

  /** The bytes of a header with these values, and with the places of version 1. */
  byte[] toBytes() {
    final byte[] bytes = new byte[HeaderDescriptor.LENGTH];
    final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.put(HeaderDescriptor.MAGIC_OFFSET, HeaderDescriptor.MAGIC);
    header.putInt(HeaderDescriptor.ORDER_OFFSET, HeaderDescriptor.ORDER_MARK);
    header.putInt(HeaderDescriptor.VERSION_OFFSET, HeaderDescriptor.VERSION);
    header.putInt(HeaderDescriptor.STRIPES_OFFSET, stripes);
    header.putInt(HeaderDescriptor.WINDOW_OFFSET, window);
    header.putLong(HeaderDescriptor.SEED_OFFSET, seed);
    header.putLong(HeaderDescriptor.CREATED_OFFSET, createdMillis);
    header.putLong(HeaderDescriptor.MAX_SIZE_OFFSET, maxSize);
    header.putLong(HeaderDescriptor.PROCESS_TABLE_OFFSET, HeaderDescriptor.PROCESS_TABLE_AT);
    header.putLong(HeaderDescriptor.PROCESS_ROWS_OFFSET, HeaderDescriptor.PROCESS_ROWS);
    header.putLong(HeaderDescriptor.DIRECTORY_OFFSET, HeaderDescriptor.DIRECTORY_AT);
    header.putLong(HeaderDescriptor.DIRECTORY_ROWS_OFFSET, HeaderDescriptor.DIRECTORY_ROWS);
    header.putLong(HeaderDescriptor.FIRST_SEGMENT_OFFSET, HeaderDescriptor.FIRST_SEGMENT_AT);
    header.putLong(HeaderDescriptor.CHECKSUM_OFFSET, checksum(bytes));
    return bytes;
  }

  private static void checkMagic(final Path path, final byte[] bytes) {
    final byte[] magic = HeaderDescriptor.MAGIC;
    final byte[] found = Arrays.copyOf(bytes, magic.length);
    if (Arrays.equals(found, magic) || isBeginningOfMagic(bytes)) {
      return;
    }
    for (final int width : new int[] {2, 4, 8}) {
      if (Arrays.equals(swapped(found, width), magic)) {
        throw byteOrder(path);
      }
    }
    throw new NarthexException(
        path + " is no Narthex file: it does not begin with NARTHEX; choose another path");
  }

  /** Of a file that was cut off within its magic, which is to be called truncated. */
  private static boolean isBeginningOfMagic(final byte[] bytes) {
    return bytes.length < HeaderDescriptor.MAGIC.length
        && Arrays.equals(bytes, Arrays.copyOf(HeaderDescriptor.MAGIC, bytes.length));
  }

  private static byte[] swapped(final byte[] bytes, final int width) {
    final byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = bytes[i / width * width + width - 1 - i % width];
    }
    return result;
  }

  private static Header checked(final Path path, final ByteBuffer header) {
    final Header values =
        new Header(
            header.getInt(HeaderDescriptor.STRIPES_OFFSET),
            header.getInt(HeaderDescriptor.WINDOW_OFFSET),
            header.getLong(HeaderDescriptor.SEED_OFFSET),
            header.getLong(HeaderDescriptor.CREATED_OFFSET),
            header.getLong(HeaderDescriptor.MAX_SIZE_OFFSET));
    if (Integer.bitCount(values.stripes) != 1
        || values.stripes > MAX_STRIPES
        || values.window < MIN_WINDOW
        || values.window > MAX_WINDOW
        || values.maxSize < HeaderDescriptor.FIRST_SEGMENT_AT
        || header.getLong(HeaderDescriptor.DIRECTORY_OFFSET) != HeaderDescriptor.DIRECTORY_AT
        || header.getLong(HeaderDescriptor.DIRECTORY_ROWS_OFFSET) != HeaderDescriptor.DIRECTORY_ROWS
        || header.getLong(HeaderDescriptor.FIRST_SEGMENT_OFFSET)
            != HeaderDescriptor.FIRST_SEGMENT_AT) {
      throw damaged(path, "its header has impossible values: " + values);
    }
    return values;
  }

  private static NarthexException byteOrder(final Path path) {
    return new UnusableFileException(
        path + " was written in the other byte order (big-endian); it cannot be read here");
  }

  private static NarthexException damaged(final Path path, final String how) {
    return new UnusableFileException(path + " is damaged: " + how + "; restore or delete it");
  }
}
