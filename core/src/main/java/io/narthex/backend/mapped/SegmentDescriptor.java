package io.narthex.backend.mapped;

/**
 * One row of the segment directory. A row is filled, then published by its kind; from then on only
 * {@code used} changes.
 *
 * <pre>
 *   0                8                16               24               32
 *  +----------------+----------------+----------------+----------------+
 *  | kind (last)    | file offset    | length         | stripes        |
 *  +----------------+----------------+----------------+----------------+
 * 32| stride         | CRC-32C [0,40) | used (atomic)  | reserved       |
 *  +----------------+----------------+----------------+----------------+
 * </pre>
 *
 * <p>{@code used} counts words of an index (a hint), bytes of records and cells per stripe.
 */
final class SegmentDescriptor {
  static final int LENGTH = 64;

  static final int KIND_OFFSET = 0;
  static final int FILE_OFFSET_OFFSET = 8;
  static final int LENGTH_OFFSET = 16;
  static final int STRIPES_OFFSET = 24;
  static final int STRIDE_OFFSET = 32;
  static final int CHECKSUM_OFFSET = 40;
  static final int USED_OFFSET = 48;

  /** No segment. */
  static final int KIND_NONE = 0;

  /** Words that find records by the hash of their key. */
  static final int KIND_INDEX = 1;

  /** Families, series and baselines, one after the other. */
  static final int KIND_RECORDS = 2;

  /** Striped 8-byte cells. */
  static final int KIND_CELLS = 3;

  /** The most that one segment may have, so that one buffer maps it. */
  static final long MAX_LENGTH = 1L << 30;

  private SegmentDescriptor() {}

  static String kindName(final int kind) {
    return switch (kind) {
      case KIND_INDEX -> "index";
      case KIND_RECORDS -> "records";
      case KIND_CELLS -> "cells";
      default -> "kind " + kind;
    };
  }
}
