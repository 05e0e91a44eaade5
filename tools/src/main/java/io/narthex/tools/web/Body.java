package io.narthex.tools.web;

import java.util.Arrays;

/** The bytes of an answer, as they are sent. */
final class Body {
  /** Of less than this, what is saved is not worth the work. */
  private static final int LEAST = 1024;

  final byte[] bytes;
  final boolean zipped;

  private Body(final byte[] bytes, final boolean zipped) {
    this.bytes = bytes;
    this.zipped = zipped;
  }

  static Body plain(final byte[] bytes) {
    return new Body(bytes, false);
  }

  /** Compressed with a level as {@link java.util.zip.Deflater} has them, if that is worth it. */
  static Body zipped(final byte[] bytes, final int level) {
    return bytes.length < LEAST ? plain(bytes) : new Body(Gzip.zip(bytes, level), true);
  }

  /** For {@code ETag}: another one for each form of the same. */
  String tag() {
    return '"' + Integer.toHexString(Arrays.hashCode(bytes)) + '-' + bytes.length + '"';
  }
}
