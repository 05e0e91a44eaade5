package io.narthex.tools.file;

import io.narthex.tools.file.Placing.SeriesPlace;
import io.narthex.tools.file.Placing.Spot;
import io.narthex.tools.file.Plan.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Writes what is kept of a file as a new file of the same format, in which nobody has a row. */
final class CompactFile {
  private static final int ZERO_CHUNK = 256 << 10;

  /** A key whose window is full needs a larger index; it never does, by chance. */
  private static final int MAX_ATTEMPTS = 8;

  private final Header header;
  private final Kept kept;
  private final long incarnations;
  private final long seed = new SecureRandom().nextLong();
  private final int stripes;

  /** By kind, and then in the order in which they were filled. */
  private final Map<Integer, List<MappedByteBuffer>> segments = new HashMap<>();

  private Plan plan;

  CompactFile(final Header header, final Kept kept, final long incarnations) {
    this.header = header;
    this.kept = kept;
    this.incarnations = incarnations;
    this.stripes = (int) header.stripes();
  }

  /** Writes the file; the channel is of an empty one. */
  void write(final FileChannel channel) throws IOException {
    final long words = kept.families().size() + kept.series();
    long index =
        Math.min(
            Layout.MAX_SEGMENT,
            Math.max(Layout.SEGMENT_ALIGNMENT, Long.highestOneBit(words * 4) * Long.BYTES));
    for (int attempt = 1; ; attempt++) {
      plan = Plan.of(kept, stripes, index, true);
      if (plan.end() > header.maxSize()) {
        plan = Plan.of(kept, stripes, index, false);
      }
      channel.truncate(0);
      zero(channel);
      map(channel);
      if (fill()) {
        break;
      }
      if (attempt == MAX_ATTEMPTS || index == Layout.MAX_SEGMENT) {
        throw new IOException("an index of " + index + " bytes has no room for a key");
      }
      index *= 2;
    }
    writeFixed(channel);
    for (final List<MappedByteBuffer> buffers : segments.values()) {
      buffers.forEach(MappedByteBuffer::force);
    }
    channel.force(true);
  }

  /** Room is proved by what is written; a sparse file would fail later, under a writer. */
  private void zero(final FileChannel channel) throws IOException {
    final ByteBuffer zeros = ByteBuffer.allocateDirect(ZERO_CHUNK);
    long at = 0;
    while (at < plan.end()) {
      zeros.clear().limit((int) Math.min(ZERO_CHUNK, plan.end() - at));
      at += channel.write(zeros, at);
    }
  }

  private void map(final FileChannel channel) throws IOException {
    segments.clear();
    for (final Place place : plan.places()) {
      final MappedByteBuffer buffer =
          channel.map(FileChannel.MapMode.READ_WRITE, place.offset(), place.length());
      buffer.order(ByteOrder.LITTLE_ENDIAN);
      segments.computeIfAbsent(place.kind(), kind -> new ArrayList<>()).add(buffer);
    }
  }

  private boolean fill() {
    final Placing placing = new Placing(kept, stripes, Plan.records(), Plan.cells(stripes));
    final boolean[] found = {true};
    final FamilyRecord[] family = new FamilyRecord[1];
    placing.place(
        (one, place) -> {
          family[0] = one.family();
          found[0] &= family(one, place);
        },
        (one, place) -> found[0] &= series(family[0], one, place));
    return found[0];
  }

  private boolean family(final Kept.Family one, final Spot place) {
    final FamilyRecord family = one.family();
    final byte[] bytes = one.bytes().clone();
    final long hash = KeyHash.of(seed, 0, family.name().getBytes(StandardCharsets.UTF_8));
    final ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(8, hash);
    record.putLong(24, Layout.ACTIVE);
    record.putLong(32, one.series().stream().filter(series -> !series.overflow()).count());
    record.putLong(16, Checksums.of(bytes, Layout.FAMILY));
    put(place, bytes);
    return index(hash, recordAt(place));
  }

  private boolean series(
      final FamilyRecord family, final Kept.Series one, final SeriesPlace place) {
    final byte[] bytes =
        new byte[(int) Layout.aligned(Layout.SERIES_TEXT + (long) one.text().length)];
    final ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    final long familyAt = recordAt(place.family());
    final long hash = KeyHash.of(seed, familyAt, one.text());
    record.putInt(0, bytes.length);
    record.putInt(4, Layout.SERIES);
    record.putLong(8, hash);
    record.putLong(24, familyAt);
    record.putLong(32, one.createdMillis());
    if (!place.blocks().isEmpty()) {
      record.putLong(40, cellsAt(place.blocks().get(0)));
    }
    record.putInt(48, family.cells());
    record.putInt(52, one.text().length);
    System.arraycopy(one.text(), 0, bytes, Layout.SERIES_TEXT, one.text().length);
    if (family.hasParts()) {
      parts(record, one, place);
    } else {
      numbers(record, family, one, place);
    }
    record.putLong(16, Checksums.of(bytes, Layout.SERIES));
    put(place.record(), bytes);
    return index(hash, recordAt(place.record()));
  }

  /** What was counted stands in the first stripe; a counter's other amounts in its value field. */
  private void numbers(
      final ByteBuffer record,
      final FamilyRecord family,
      final Kept.Series one,
      final SeriesPlace place) {
    final int wholes = one.wholes().length;
    for (int i = 0; i < wholes; i++) {
      putCell(place.blocks().get(0), i, 0, one.wholes()[i]);
    }
    if (family.cells() == wholes) {
      record.putLong(56, one.bits());
    } else {
      putCell(place.blocks().get(0), wholes, 0, one.bits()); // the sum of a histogram or summary
    }
  }

  private void parts(final ByteBuffer record, final Kept.Series one, final SeriesPlace place) {
    if (one.retired() != Layout.UNSET) {
      final ByteBuffer block = ByteBuffer.allocate(Layout.RETIRED_BLOCK);
      block.order(ByteOrder.LITTLE_ENDIAN).putLong(0, one.retired()).putLong(16, incarnations);
      put(place.notes().get(0), block.array());
      record.putLong(72, recordAt(place.notes().get(0)));
      return;
    }
    long next = 0;
    for (int i = place.notes().size() - 1; i >= 0; i--) {
      final ByteBuffer block = ByteBuffer.allocate(Layout.PART_BLOCK);
      block
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(0, next)
          .putLong(8, cellsAt(place.blocks().get(i + 1)));
      put(place.notes().get(i), block.array());
      next = recordAt(place.notes().get(i));
    }
    record.putLong(64, next);
    final List<ProcessRow> rows = kept.rows();
    for (final Parts.Part part : one.parts()) {
      final int row = newRow(rows, part.row());
      final Spot block = place.blocks().get(row / stripes);
      putCell(block, 0, row % stripes, part.owner());
      putCell(block, 1, row % stripes, part.bits());
    }
  }

  private static int newRow(final List<ProcessRow> rows, final int row) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).row() == row) {
        return i;
      }
    }
    throw new IllegalStateException("no row " + row + " is kept");
  }

  private long recordAt(final Spot spot) {
    return plan.ofKind(Layout.RECORDS).get(spot.segment()).offset() + spot.at();
  }

  private long cellsAt(final Spot spot) {
    return plan.ofKind(Layout.CELLS).get(spot.segment()).offset() + spot.at() * Long.BYTES;
  }

  private void putCell(final Spot block, final int cell, final int stripe, final long bits) {
    final long stride = plan.ofKind(Layout.CELLS).get(block.segment()).stride();
    final long at = (block.at() + cell) * Long.BYTES + stripe * stride;
    segments.get(Layout.CELLS).get(block.segment()).putLong((int) at, bits);
  }

  private void put(final Spot spot, final byte[] bytes) {
    segments.get(Layout.RECORDS).get(spot.segment()).put((int) spot.at(), bytes);
  }

  /** Fills the word of a key; false if its window has none. */
  private boolean index(final long hash, final long offset) {
    final MappedByteBuffer index = segments.get(Layout.INDEX).get(0);
    final int mask = index.capacity() / Long.BYTES - 1;
    for (int i = 0; i < header.window(); i++) {
      final int at = (int) ((hash + i) & mask) * Long.BYTES;
      if (index.getLong(at) == 0) {
        index.putLong(at, (hash & ~Layout.OFFSET_MASK) | offset);
        return true;
      }
    }
    return false;
  }

  private void writeFixed(final FileChannel channel) throws IOException {
    final byte[] bytes = new byte[(int) Layout.FIRST_SEGMENT_AT];
    final ByteBuffer fixed = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    fixed.put(0, Layout.MAGIC);
    fixed.putInt((int) Layout.ORDER_AT, Layout.ORDER_MARK);
    fixed.putInt((int) Layout.VERSION_AT, Layout.VERSION);
    fixed.putInt((int) Layout.STRIPES_AT, stripes);
    fixed.putInt((int) Layout.WINDOW_AT, (int) header.window());
    fixed.putLong((int) Layout.SEED_AT, seed);
    fixed.putLong((int) Layout.CREATED_AT, System.currentTimeMillis());
    fixed.putLong((int) Layout.MAX_SIZE_AT, Math.max(header.maxSize(), plan.end()));
    fixed.putLong(48, Layout.PROCESSES_AT);
    fixed.putLong(56, Layout.PROCESS_ROWS);
    fixed.putLong(64, Layout.DIRECTORY_AT);
    fixed.putLong(72, Layout.DIRECTORY_ROWS);
    fixed.putLong(80, Layout.FIRST_SEGMENT_AT);
    fixed.putLong((int) Layout.HEADER_CHECKSUM_AT, crc(bytes, 0, (int) Layout.HEADER_CHECKSUM_AT));
    fixed.putLong((int) Layout.INCARNATIONS_AT, incarnations);
    final List<ProcessRow> rows = kept.rows();
    for (int row = 0; row < rows.size(); row++) {
      process(fixed, (int) ProcessRow.rowAt(row), rows.get(row));
    }
    for (int row = 0; row < plan.places().size(); row++) {
      final int at = (int) Segment.rowAt(row);
      directory(fixed, at, plan.places().get(row));
      fixed.putLong(at + 40, crc(bytes, at, 40));
    }
    while (fixed.hasRemaining()) {
      channel.write(fixed, fixed.position());
    }
  }

  /** A process of the past: it shows its parts until somebody takes the row. */
  private static void process(final ByteBuffer fixed, final int at, final ProcessRow row) {
    fixed.putLong(at, row.owner());
    fixed.putLong(at + 8, row.described());
    fixed.putLong(at + 16, row.pid());
    fixed.putLong(at + 24, row.startMillis());
    fixed.putLong(at + 32, row.heartbeatMillis());
    fixed.putLong(at + 40, row.owner());
  }

  private void directory(final ByteBuffer fixed, final int at, final Place place) {
    fixed.putLong(at, place.kind());
    fixed.putLong(at + 8, place.offset());
    fixed.putLong(at + 16, place.length());
    fixed.putLong(at + 24, place.kind() == Layout.CELLS ? stripes : 0);
    fixed.putLong(at + 32, place.stride());
    fixed.putLong(
        at + 48,
        place.kind() == Layout.INDEX ? kept.families().size() + kept.series() : place.used());
  }

  private static long crc(final byte[] bytes, final int at, final int length) {
    final CRC32C crc = new CRC32C();
    crc.update(bytes, at, length);
    return crc.getValue();
  }
}
