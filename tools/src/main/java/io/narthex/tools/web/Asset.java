package io.narthex.tools.web;

import java.util.zip.Deflater;

/** A part of the page, as it is in the jar, and compressed once for all. */
final class Asset {
  final String contentType;
  private final Body plain;
  private final Body zipped;

  Asset(final String contentType, final byte[] bytes) {
    this.contentType = contentType;
    this.plain = Body.plain(bytes);
    this.zipped = Body.zipped(bytes, Deflater.BEST_COMPRESSION);
  }

  /** The form for who takes gzip, or does not. */
  Body body(final boolean gzip) {
    return gzip ? zipped : plain;
  }
}
