package io.narthex.stress.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Reads a file of layout version 1 that nobody writes to, and holds it to all that the published
 * format promises: checksums, ranges, places of keys, that no two records share a byte or a cell,
 * and that each part of a gauge has an owner who has no other row. Written from {@code
 * docs/file-format.md}, not from the engine's code.
 */
public final class FileVerifier {
  private static final int DIRECTORY = 36_864;
  private static final int INCARNATIONS = 128;
  private static final int PROCESS_TABLE = 4_096;
  private static final int PROCESSES = 512;
  private static final int GAUGE = 1;
  private static final int INFO = 4;
  private static final int SHARED = 0;
  private static final int MOST_RECENT = 4;
  private static final int ROWS = 448;
  private static final int ROW = 64;
  private static final int ALIGNMENT = 65_536;
  private static final int INDEX = 1;
  private static final int RECORDS = 2;
  private static final int CELLS = 3;
  private static final int FAMILY = 1;
  private static final int SERIES = 2;
  private static final long PENDING = 0;
  private static final long ACTIVE = 1;

  private final ByteBuffer file;
  private final List<Segment> segments = new ArrayList<>();
  private final TreeMap<Long, Long> taken = new TreeMap<>();
  private final Map<Integer, Set<String>> keys = new HashMap<>();

  /** By incarnation. */
  private final Map<Long, Long> rows = new HashMap<>();

  private final int window;

  private FileVerifier(final byte[] bytes) {
    this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.window = file.getInt(20);
  }

  /**
   * Verifies a file.
   *
   * @throws AssertionError that says what is wrong with it
   */
  public static void verify(final Path path) {
    final FileVerifier verifier = new FileVerifier(read(path));
    verifier.header();
    verifier.processes();
    verifier.directory();
    verifier.index();
  }

  /**
   * Whether some segment has less than a quarter free, or the file has grown since its creation.
   */
  public static boolean isFilling(final Path path) {
    final FileVerifier verifier = new FileVerifier(read(path));
    verifier.directory();
    return verifier.segments.size() > CELLS
        || verifier.segments.stream()
            .anyMatch(segment -> segment.used > segment.capacity() - segment.capacity() / 4);
  }

  private static byte[] read(final Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void header() {
    check(text(0, 8).equals("NARTHEX\0"), "the magic is " + text(0, 8));
    check(file.getInt(8) == 0x01020304 && file.getInt(12) == 1, "the byte order or version");
    check(file.getLong(88) == crc(0, 88), "the header's checksum");
  }

  private void processes() {
    for (int row = 0; row < PROCESSES; row++) {
      final long owner = file.getLong(PROCESS_TABLE + row * ROW);
      if (owner != 0) {
        incarnation(owner, row, "process row " + row);
      }
    }
  }

  private void directory() {
    long end = ALIGNMENT;
    for (int row = 0; row < ROWS && file.getLong(DIRECTORY + row * ROW) != 0; row++) {
      final int at = DIRECTORY + row * ROW;
      final Segment segment =
          new Segment(
              (int) file.getLong(at),
              file.getLong(at + 8),
              file.getLong(at + 16),
              file.getLong(at + 24),
              file.getLong(at + 32),
              file.getLong(at + 48));
      check(file.getLong(at + 40) == crc(at, at + 40), "the checksum of " + segment);
      check(segment.offset % ALIGNMENT == 0 && segment.offset >= end, "the place of " + segment);
      end = segment.offset + segment.length;
      check(end <= file.capacity(), "the end of " + segment);
      check(segment.used >= 0 && segment.used <= segment.capacity(), "the use of " + segment);
      segments.add(segment);
    }
    for (int kind = INDEX; kind <= CELLS; kind++) {
      check(!ofKind(kind).isEmpty(), "no segment of kind " + kind);
    }
  }

  private void index() {
    final List<Segment> indexes = ofKind(INDEX);
    for (int k = 0; k < indexes.size(); k++) {
      final int words = (int) (indexes.get(k).length / Long.BYTES);
      for (int i = 0; i < words; i++) {
        final long word = word(indexes.get(k), i);
        if (word != 0) {
          final long offset = word & 0xffff_ffff_ffffL;
          final long hash = record(offset);
          check(word >>> 48 == hash >>> 48, "the tag of the word for the record at " + offset);
          place(indexes, k, i, hash);
        }
      }
    }
  }

  /** A key is found only if there is no empty word before it. */
  private void place(final List<Segment> indexes, final int last, final int word, final long hash) {
    for (int k = 0; k <= last; k++) {
      final long words = indexes.get(k).length / Long.BYTES;
      final int first = (int) (hash & (words - 1));
      final long before = k < last ? window : word - first + (word < first ? words : 0);
      check(before <= (k < last ? window : window - 1), "word " + word + " is out of its window");
      for (int i = 0; i < before; i++) {
        final int at = (int) ((first + i) & (words - 1));
        check(word(indexes.get(k), at) != 0, "an empty word stands before word " + word);
      }
    }
  }

  private long word(final Segment index, final int number) {
    return file.getLong((int) index.offset + number * Long.BYTES);
  }

  /** Verifies a record and gives its key's hash. */
  private long record(final long offset) {
    final int at = (int) offset;
    final Segment home = within(RECORDS, offset, 24);
    final int length = file.getInt(at);
    final int kind = file.getInt(at + 4);
    check(length >= 72 && offset + length <= home.offset + home.used, "the length at " + offset);
    take(offset, length, "record at " + offset);
    if (kind == SERIES) {
      series(at, length);
    } else {
      check(kind == FAMILY, "kind " + kind + " of the record at " + offset);
      check(file.getLong(at + 16) == crc(at, at + 16, at + 40, at + length), "family at " + at);
      final long state = file.getLong(at + 24);
      check(state >= 0 && state <= 3, "state " + state + " of the family at " + offset);
      final int name = at + 72 + 8 * file.getInt(at + 60);
      if (state == PENDING || state == ACTIVE) {
        key(0, text(name + 4, file.getInt(name)));
      }
    }
    return file.getLong(at + 8);
  }

  private void series(final int at, final int length) {
    final long crc = crc(at, at + 16, at + 24, at + 56, at + 96, at + length);
    check(file.getLong(at + 16) == crc, "the checksum of the series at " + at);
    final int family = (int) file.getLong(at + 24);
    within(RECORDS, family, 72);
    check(file.getInt(family + 4) == FAMILY, "the family of the series at " + at);
    key(family, text(at + 96, file.getInt(at + 52)));
    final int cells = file.getInt(at + 48);
    if (cells > 0) {
      takeCells(file.getLong(at + 40), cells, "cells of the series at " + at);
    }
    if (hasParts(family)) {
      parts(at);
      return;
    }
    final long fraction = file.getLong(at + 64);
    if (fraction != 0) {
      takeCells(fraction, 1, "fraction of the series at " + at);
    }
    final long baseline = file.getLong(at + 72) & ~1L;
    if (baseline != 0) {
      within(RECORDS, baseline, 16);
      final long sums = file.getLong((int) baseline + 8);
      check(sums == (cells == 1 ? 2 : cells), "the baseline of the series at " + at);
      take(baseline, 16 + 8 * sums, "baseline of the series at " + at);
    }
  }

  /** An info, and a gauge of all modes but SHARED and MOST_RECENT. */
  private boolean hasParts(final int family) {
    final int type = file.getInt(family + 40);
    final int mode = file.getInt(family + 44);
    return type == INFO || (type == GAUGE && mode != SHARED && mode != MOST_RECENT);
  }

  private void parts(final int at) {
    check(file.getInt(at + 48) == 2, "the parts of the series at " + at);
    int row = owners(at, file.getLong(at + 40), 0);
    for (long node = file.getLong(at + 64); node != 0; node = file.getLong((int) node)) {
      within(RECORDS, node, 16);
      take(node, 16, "block of the series at " + at);
      takeCells(file.getLong((int) node + 8), 2, "parts of the series at " + at);
      check(row < PROCESSES, "more blocks than rows need of the series at " + at);
      row = owners(at, file.getLong((int) node + 8), row);
    }
    final long retired = file.getLong(at + 72) & 0xffff_ffff_ffffL;
    if (retired != 0) {
      within(RECORDS, retired, 24);
      take(retired, 24, "what is retired of the series at " + at);
      final long gone = file.getLong((int) retired + 8);
      check(gone >= 0 && gone < PROCESSES, "the retired row of the series at " + at);
      incarnation(file.getLong((int) retired + 16), gone, "what is retired of the series at " + at);
    }
  }

  /**
   * Verifies the owners of the parts in one block.
   *
   * @param first the row of the first one
   * @return the row behind the last one
   */
  private int owners(final int at, final long cells, final int first) {
    final Segment home = within(CELLS, cells, 16);
    final int stripes = (int) home.stripes;
    for (int stripe = 0; stripe < stripes; stripe++) {
      final long owner = file.getLong((int) (cells + stripe * home.stride));
      if (owner != 0) {
        check(first + stripe < PROCESSES, "a part behind all rows of the series at " + at);
        incarnation(owner, first + stripe, "a part of the series at " + at);
      }
    }
    return first + stripes;
  }

  /** A number is given out once, by the header, and its process has one row. */
  private void incarnation(final long owner, final long row, final String what) {
    check(owner > 0 && owner <= file.getLong(INCARNATIONS), "the number of the owner of " + what);
    final Long other = rows.putIfAbsent(owner, row);
    check(
        other == null || other == row,
        what + " is in row " + row + ", and its owner " + owner + " has row " + other);
  }

  private void key(final int family, final String key) {
    check(
        keys.computeIfAbsent(family, any -> new HashSet<>()).add(key),
        "twice in family " + family + ": " + key);
  }

  private void takeCells(final long offset, final int count, final String what) {
    final Segment home = within(CELLS, offset, count * 8L);
    final long first = (offset - home.offset) / Long.BYTES;
    check(first + count <= home.used, "cells that nobody took: " + what);
    take(offset, count * 8L, what);
  }

  private void take(final long offset, final long length, final String what) {
    final Map.Entry<Long, Long> before = taken.lowerEntry(offset + length);
    check(before == null || before.getValue() <= offset, "shared bytes: " + what);
    taken.put(offset, offset + length);
  }

  private Segment within(final int kind, final long offset, final long length) {
    for (final Segment segment : ofKind(kind)) {
      if (offset >= segment.offset && offset + length <= segment.offset + segment.length) {
        check((offset & 7) == 0, "not aligned: " + offset);
        return segment;
      }
    }
    throw new AssertionError("nothing of kind " + kind + " is at " + offset);
  }

  private List<Segment> ofKind(final int kind) {
    return segments.stream().filter(segment -> segment.kind == kind).toList();
  }

  private String text(final int at, final int length) {
    return new String(file.array(), at, length, StandardCharsets.UTF_8);
  }

  /** The checksum of ranges, each given by its begin and its end. */
  private long crc(final int... ranges) {
    final CRC32C crc = new CRC32C();
    for (int i = 0; i < ranges.length; i += 2) {
      crc.update(file.array(), ranges[i], ranges[i + 1] - ranges[i]);
    }
    return crc.getValue();
  }

  private static void check(final boolean right, final String wrong) {
    if (!right) {
      throw new AssertionError("the file is not whole: " + wrong);
    }
  }

  private record Segment(int kind, long offset, long length, long stripes, long stride, long used) {
    long capacity() {
      return switch (kind) {
        case INDEX -> length / Long.BYTES;
        case RECORDS -> length;
        default -> stride / Long.BYTES;
      };
    }
  }
}
