package io.narthex.tools.web;

import java.util.Arrays;

/** A part of the page, as it is in the jar. */
final class Asset {
  final String contentType;
  final byte[] bytes;

  /** For {@code If-None-Match}. */
  final String tag;

  Asset(final String contentType, final byte[] bytes) {
    this.contentType = contentType;
    this.bytes = bytes;
    this.tag = '"' + Integer.toHexString(Arrays.hashCode(bytes)) + '-' + bytes.length + '"';
  }
}
