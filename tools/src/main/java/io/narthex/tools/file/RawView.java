package io.narthex.tools.file;

import io.narthex.backend.MetricType;
import io.narthex.tools.text.Times;
import io.narthex.tools.text.Units;
import io.narthex.tools.text.Values;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Shows what is at an offset of a file, whatever it is. */
final class RawView {
  private static final int DUMPED = 64;

  private final FileImage image;
  private final Header header;
  private final Directory directory;
  private final RecordReader records;
  private final IndexWords words;
  private final PrintWriter out;

  RawView(final FileImage image, final PrintWriter out) {
    this.image = image;
    this.header = Header.read(image);
    this.directory = new Directory(image);
    this.records = new RecordReader(image, directory, Findings.NONE);
    this.words = new IndexWords(image, directory);
    this.out = out;
  }

  void show(final long offset) {
    image.copy(offset, 1); // says so, if there is no such byte
    if (offset < Layout.HEADER_LENGTH) {
      header();
    } else if (offset < Layout.DIRECTORY_AT) {
      process((int) ((offset - Layout.PROCESSES_AT) / Layout.ROW));
    } else if (offset < Layout.DIRECTORY_AT + (long) Layout.DIRECTORY_ROWS * Layout.ROW) {
      directoryRow((int) ((offset - Layout.DIRECTORY_AT) / Layout.ROW));
    } else {
      final Segment segment = directory.segmentAt(offset);
      if (segment == null) {
        out.println("no segment has offset " + offset);
        dump(offset & ~7L, image.size());
      } else if (segment.kind() == Layout.INDEX) {
        word(segment, offset & ~7L);
      } else if (segment.kind() == Layout.CELLS) {
        cell(segment, offset & ~7L);
      } else {
        record(segment, offset);
      }
    }
  }

  private void header() {
    out.println("header");
    new Drawing(image, 0)
        .field(0, 8, "magic", Excerpts.of(new String(image.copy(0, 8), StandardCharsets.US_ASCII)))
        .small(8, "byte order", header.order() == Layout.ORDER_MARK ? "little-endian" : "WRONG")
        .small(12, "version", "")
        .small(16, "stripes", "")
        .small(20, "window", "")
        .bits(24, "seed of the key hash", "")
        .number(32, "created", Times.time(header.createdMillis()))
        .number(40, "largest size", Units.bytes(header.maxSize()))
        .number(48, "process table at")
        .number(56, "process rows")
        .number(64, "directory at")
        .number(72, "directory rows")
        .number(80, "segments begin at")
        .bits(88, "CRC-32C of 0 to 87", rightOr(header.checksum(), header.computed()))
        .number(128, "incarnations given out")
        .number(136, "bytes used up")
        .print(out);
  }

  private static String rightOr(final long stored, final long computed) {
    return stored == computed ? "right" : "WRONG: it should be 0x" + Long.toHexString(computed);
  }

  private void process(final int row) {
    final ProcessRow process = ProcessRow.read(image, row);
    out.println(
        "row "
            + row
            + " of the process table, "
            + (process.isUsed()
                ? LockBytes.of(image.path()).state(process, header.seed())
                : "never used"));
    new Drawing(image, ProcessRow.rowAt(row))
        .number(0, "owner, an incarnation")
        .number(8, "described incarnation")
        .number(16, "pid")
        .number(24, "started", Times.time(process.startMillis()))
        .number(32, "heartbeat", Times.time(process.heartbeatMillis()))
        .number(40, "closed incarnation")
        .number(48, "inode of the lock file")
        .number(56, "reserved")
        .print(out);
  }

  private void directoryRow(final int row) {
    final Segment segment = Segment.read(image, row);
    out.println(
        "row "
            + row
            + " of the segment directory"
            + (row >= directory.rows() ? ", behind its end" : ""));
    new Drawing(image, Segment.rowAt(row))
        .number(0, "kind", segment.kind() == 0 ? "none" : Layout.kindName(segment.kind()))
        .number(8, "offset")
        .number(16, "length", Units.bytes(segment.length()))
        .number(24, "stripes")
        .number(32, "stride")
        .bits(
            40,
            "CRC-32C of 0 to 39",
            segment.kind() == 0
                ? ""
                : rightOr(segment.checksum(), image.checksum(segment.at(), segment.at() + 40)))
        .number(48, "units taken", "of " + segment.capacity())
        .number(56, "reserved")
        .print(out);
  }

  private void word(final Segment segment, final long at) {
    final long word = image.getLong(at);
    final int number = (int) ((at - segment.offset()) / Long.BYTES);
    out.println("word " + number + " of " + segment);
    final long target = IndexWords.offset(word);
    final Drawing drawing = new Drawing(image, at);
    if (word == 0) {
      drawing.number(0, "word", "empty").print(out);
      return;
    }
    drawing
        .field(6, 2, "tag", "0x" + Long.toHexString(word >>> Layout.TAG_SHIFT))
        .field(0, 6, "offset of a record", target + ", " + nameAt(target))
        .print(out);
  }

  private String nameAt(final long target) {
    return switch (records.kind(target)) {
      case Layout.FAMILY -> orDamaged(records.family(target));
      case Layout.SERIES -> orDamaged(records.series(target));
      default -> "no record";
    };
  }

  private static String orDamaged(final Object record) {
    return record == null ? "a damaged record" : record.toString();
  }

  private void cell(final Segment segment, final long at) {
    final long within = at - segment.offset();
    final long stripe = within / segment.stride();
    if (stripe >= segment.stripes()) {
      out.println("behind the last stripe of " + segment);
      dump(at, segment.end());
      return;
    }
    final long first = segment.offset() + within % segment.stride();
    final Owner owner = Owner.ofCell(image, directory, records, words, first);
    out.println(
        "cell "
            + (first - segment.offset()) / Long.BYTES
            + " in stripe "
            + stripe
            + " of "
            + segment
            + ": "
            + (owner == null ? "nothing leads to it" : owner.what() + " of " + owner.series()));
    final long bits = image.getLong(at);
    new Drawing(image, at)
        .number(0, "cell", "or as a double " + Values.of(Double.longBitsToDouble(bits)))
        .print(out);
  }

  private void record(final Segment segment, final long offset) {
    final Owner owner = Owner.ofByte(image, directory, records, words, offset);
    if (owner == null) {
      out.println("nothing leads to offset " + offset + " of " + segment);
      dump(offset & ~7L, segment.end());
      return;
    }
    final long at = owner.offset();
    if (owner.series() == null) {
      final boolean family = records.kind(at) == Layout.FAMILY;
      out.println((family ? "family" : "series") + " record at " + at + " in " + segment);
      if (family) {
        family(at);
      } else {
        series(at);
      }
      return;
    }
    out.println(owner.what() + " at " + at + ", of " + owner.series());
    switch (owner.kind()) {
      case BASELINE -> baseline(at, owner.series());
      case BLOCK ->
          new Drawing(image, at).number(0, "next block").number(8, "first cell at").print(out);
      default ->
          new Drawing(image, at)
              .field(0, 8, "value", Values.of(image.getDouble(at)))
              .number(8, "row retired last")
              .number(16, "incarnation")
              .print(out);
    }
  }

  private void prefix(final Drawing drawing, final long at, final String kind) {
    final long length = image.getUnsignedInt(at);
    final boolean possible =
        length >= Layout.FAMILY_BODY
            && length <= Layout.MAX_RECORD
            && directory.find(Layout.RECORDS, at, length) != null;
    final String checksum =
        possible
            ? rightOr(
                image.getLong(at + 16),
                Checksums.of(image.copy(at, (int) length), image.getInt(at + 4)))
            : "cannot be told, as the length is impossible";
    drawing
        .small(0, "length", possible ? "" : "IMPOSSIBLE")
        .small(4, "kind", kind)
        .bits(8, "hash of the key", "")
        .bits(16, "CRC-32C", checksum);
  }

  private void family(final long at) {
    final Drawing drawing = new Drawing(image, at);
    prefix(drawing, at, "family");
    final int type = image.getInt(at + 40);
    final int mode = image.getInt(at + 44);
    drawing
        .number(24, "state", Layout.stateName(image.getLong(at + 24)))
        .number(32, "series")
        .small(
            40,
            "type",
            type >= 0 && type < Layout.TYPES.size() ? Layout.TYPES.get(type).text() : "UNKNOWN")
        .small(
            44,
            "gauge mode",
            mode >= 0 && mode < Layout.MODES.size() ? Layout.MODES.get(mode).name() : "UNKNOWN")
        .number(48, "created", Times.time(image.getLong(at + 48)))
        .small(56, "labels", "")
        .small(60, "bounds", "")
        .small(64, "states", "")
        .small(68, "zero", "");
    final FamilyRecord family = records.family(at);
    if (family != null) {
      int place = Layout.FAMILY_BODY;
      for (int i = 0; i < family.descriptor().boundCount(); i++, place += Double.BYTES) {
        drawing.field(place, Double.BYTES, "bound " + i, Values.of(family.descriptor().bound(i)));
      }
      place = string(drawing, at, place, "name");
      place = string(drawing, at, place, "help");
      place = string(drawing, at, place, "unit");
      for (int i = 0; i < family.descriptor().labelNames().size(); i++) {
        place = string(drawing, at, place, "label " + i);
      }
      for (int i = 0; i < family.descriptor().states().size(); i++) {
        place = string(drawing, at, place, "state " + i);
      }
    }
    drawing.print(out);
  }

  private int string(final Drawing drawing, final long at, final int place, final String field) {
    final int length = image.getInt(at + place);
    drawing.small(place, "length of " + field, "");
    if (length > 0) {
      drawing.field(
          place + Integer.BYTES,
          length,
          field,
          Excerpts.of(
              new String(image.copy(at + place + Integer.BYTES, length), StandardCharsets.UTF_8)));
    }
    return place + Integer.BYTES + length;
  }

  private void series(final long at) {
    final Drawing drawing = new Drawing(image, at);
    prefix(drawing, at, "series");
    final SeriesRecord series = records.series(at);
    final boolean parts = series != null && series.family().hasParts();
    final long bits = image.getLong(at + 56);
    final long word = image.getLong(at + 72);
    drawing
        .number(24, "family at", nameAt(image.getLong(at + 24)))
        .number(32, "created", Times.time(image.getLong(at + 32)))
        .number(40, "first cell at")
        .small(48, "cells", "")
        .small(52, "length of label text", "")
        .field(
            56,
            8,
            "value",
            bits == Layout.UNSET ? "none" : Values.of(Double.longBitsToDouble(bits)))
        .number(64, parts ? "next block of parts at" : "fraction cell at");
    if (parts) {
      drawing
          .field(72, 6, "retired at", Long.toString(word & Layout.OFFSET_MASK))
          .field(78, 2, "its changes", Long.toString(word >>> Layout.TAG_SHIFT));
    } else {
      drawing.number(
          72,
          "baseline at",
          (word & Layout.HIDDEN) == 0 ? "not hidden" : "hidden: " + (word & ~Layout.HIDDEN));
    }
    drawing.number(80, "reserved").number(88, "reserved");
    final long length = image.getUnsignedInt(at + 52);
    if (length > 0
        && length <= Layout.MAX_RECORD
        && directory.find(Layout.RECORDS, at, Layout.SERIES_TEXT + length) != null) {
      drawing.field(
          Layout.SERIES_TEXT,
          length,
          "label text",
          Excerpts.of(
              new String(
                  image.copy(at + Layout.SERIES_TEXT, (int) length), StandardCharsets.UTF_8)));
    }
    drawing.print(out);
  }

  private void baseline(final long at, final SeriesRecord series) {
    final Drawing drawing =
        new Drawing(image, at)
            .number(0, "removed", Times.time(image.getLong(at)))
            .number(8, "sums");
    final int sums = series.family().sums();
    final boolean counter = series.family().type() == MetricType.COUNTER;
    for (int i = 0; i < sums - 1; i++) {
      drawing.number(Layout.BASELINE + 8 * i, counter ? "whole amounts" : "bucket " + i);
    }
    final int last = Layout.BASELINE + 8 * (sums - 1);
    drawing
        .field(last, 8, counter ? "other amounts" : "sum", Values.of(image.getDouble(at + last)))
        .print(out);
  }

  private void dump(final long from, final long end) {
    final int length = (int) Math.min(DUMPED, Math.min(end, image.size()) - from);
    new Drawing(image, from).field(0, length, "", "").print(out);
  }
}
