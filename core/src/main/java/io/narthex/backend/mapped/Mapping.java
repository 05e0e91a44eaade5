package io.narthex.backend.mapped;

import java.nio.ByteBuffer;

/**
 * A range of the file that is mapped here. It is never unmapped while anything refers to its
 * buffer.
 */
final class Mapping {
  final ByteBuffer buffer;
  final long fileOffset;
  final long length;
  private final long base;

  Mapping(final ByteBuffer buffer, final long fileOffset) {
    this.buffer = buffer;
    this.fileOffset = fileOffset;
    this.length = buffer.capacity();
    this.base = Memory.ACCESS.base(buffer);
  }

  /** The position of a file offset; the caller has checked that it lies in this range. */
  long position(final long offset) {
    return base + (offset - fileOffset);
  }

  /** Whether {@code size} bytes from a file offset on lie in this range, aligned to 8 bytes. */
  boolean holds(final long offset, final long size) {
    return offset >= fileOffset
        && size >= 0
        && size <= length
        && offset - fileOffset <= length - size
        && (offset & 7) == 0;
  }
}
