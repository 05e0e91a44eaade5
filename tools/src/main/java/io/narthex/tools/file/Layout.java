package io.narthex.tools.file;

import io.narthex.GaugeMode;
import io.narthex.backend.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The numbers of {@code docs/file-format.md}, version 1. */
final class Layout {
  static final byte[] MAGIC = "NARTHEX\0".getBytes(StandardCharsets.US_ASCII);
  static final int ORDER_MARK = 0x0102_0304;
  static final int VERSION = 1;

  static final long ORDER_AT = 8;
  static final long VERSION_AT = 12;
  static final long STRIPES_AT = 16;
  static final long WINDOW_AT = 20;
  static final long SEED_AT = 24;
  static final long CREATED_AT = 32;
  static final long MAX_SIZE_AT = 40;
  static final long PLACES_AT = 48;
  static final long HEADER_CHECKSUM_AT = 88;
  static final long HEADER_RESERVED_AT = 96;
  static final long INCARNATIONS_AT = 128;
  static final long WASTED_AT = 136;
  static final long HEADER_REST_AT = 144;
  static final int HEADER_LENGTH = 4096;

  static final int MAX_STRIPES = 256;
  static final int MIN_WINDOW = 8;
  static final int MAX_WINDOW = 1024;

  static final int ROW = 64;
  static final long PROCESSES_AT = 4096;
  static final int PROCESS_ROWS = 512;
  static final long MAX_INCARNATION = 1L << 61;
  static final long FIRST_LOCK_BYTE = 16;
  static final long SETTLING_MILLIS = 5_000;

  static final long DIRECTORY_AT = 36_864;
  static final int DIRECTORY_ROWS = 448;
  static final long FIRST_SEGMENT_AT = 65_536;
  static final long SEGMENT_ALIGNMENT = 65_536;
  static final long MAX_SEGMENT = 1L << 30;

  static final int INDEX = 1;
  static final int RECORDS = 2;
  static final int CELLS = 3;

  static final int PREFIX = 24;
  static final int MAX_RECORD = 1 << 20;
  static final int FAMILY = 1;
  static final int FAMILY_BODY = 72;
  static final int SERIES = 2;
  static final int SERIES_TEXT = 96;

  static final long PENDING = 0;
  static final long ACTIVE = 1;
  static final long REJECTED = 2;
  static final long RETIRED = 3;

  static final long OFFSET_MASK = (1L << 48) - 1;
  static final int TAG_SHIFT = 48;
  static final long HIDDEN = 1;
  static final long UNSET = 0x7ff8_6e61_7274_6878L;

  static final int BASELINE = 16;
  static final int PART_BLOCK = 16;
  static final int RETIRED_BLOCK = 24;

  static final List<MetricType> TYPES =
      List.of(
          MetricType.COUNTER,
          MetricType.GAUGE,
          MetricType.HISTOGRAM,
          MetricType.SUMMARY,
          MetricType.INFO,
          MetricType.STATESET);

  static final List<GaugeMode> MODES =
      List.of(
          GaugeMode.SHARED,
          GaugeMode.SUM,
          GaugeMode.MIN,
          GaugeMode.MAX,
          GaugeMode.MOST_RECENT,
          GaugeMode.ALL,
          GaugeMode.LIVE_SUM,
          GaugeMode.LIVE_MIN,
          GaugeMode.LIVE_MAX,
          GaugeMode.LIVE_ALL);

  private static final List<String> STATES = List.of("pending", "active", "rejected", "retired");

  private Layout() {}

  static String kindName(final long kind) {
    return kind == INDEX
        ? "index"
        : kind == RECORDS ? "records" : kind == CELLS ? "cells" : "kind " + kind;
  }

  static String stateName(final long state) {
    return state >= 0 && state < STATES.size() ? STATES.get((int) state) : "state " + state;
  }

  /** How many blocks a series has if it has a part for each row of the process table. */
  static int partBlocks(final int stripes) {
    return (PROCESS_ROWS + stripes - 1) / stripes;
  }

  static long aligned(final long length) {
    return (length + 7) & ~7L;
  }
}
