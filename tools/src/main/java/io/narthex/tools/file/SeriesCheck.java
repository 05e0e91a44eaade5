package io.narthex.tools.file;

import io.narthex.backend.MetricType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks what belongs to a series: its cells, its fraction, its baseline, its parts. */
final class SeriesCheck {
  private final FileImage image;
  private final Directory directory;
  private final Ownership ownership;
  private final int stripes;
  private final Findings findings;

  /** The row of each incarnation that has one, or had. */
  private final Map<Long, Integer> rows;

  /** Series with parts of which something is retired: these blocks may be used again. */
  private final List<SeriesRecord> retired = new ArrayList<>();

  SeriesCheck(
      final FileImage image,
      final Directory directory,
      final Ownership ownership,
      final int stripes,
      final Map<Long, Integer> rows,
      final Findings findings) {
    this.image = image;
    this.directory = directory;
    this.ownership = ownership;
    this.stripes = stripes;
    this.rows = new HashMap<>(rows);
    this.findings = findings;
  }

  void check(final SeriesRecord series) {
    final FamilyRecord family = series.family();
    final Object where = series;
    if (series.cells() != family.cells()) {
      findings.add(series.offset() + 48, "cells of series", family.cells(), series.cells(), where);
      return;
    }
    checkReserved(series, where);
    if (family.hasParts()) {
      checkParts(series, where);
      return;
    }
    if (family.cells() == 0) {
      checkValue(series, where);
      return;
    }
    final boolean reachable =
        takeCells(series.cellsAt(), family.cells(), series.offset() + 40, "cells", where);
    final long fraction = image.getLong(series.fractionAt());
    boolean whole = reachable;
    if (fraction != 0) {
      if (family.type() == MetricType.COUNTER) {
        whole &= takeCells(fraction, 1, series.fractionAt(), "fraction", where);
      } else {
        findings.add(series.fractionAt(), "fraction", 0, fraction, where);
      }
    }
    final long word = image.getLong(series.baselineAt());
    final long baseline = word & ~Layout.HIDDEN;
    if (baseline != 0) {
      checkBaseline(series, baseline, whole, where);
    } else if (whole) {
      checkSums(series, null, where);
    }
  }

  private void checkReserved(final SeriesRecord series, final Object where) {
    for (int at = 80; at < Layout.SERIES_TEXT; at += Long.BYTES) {
      final long found = image.getLong(series.offset() + at);
      if (found != 0) {
        findings.addBits(series.offset() + at, "reserved bytes", 0, found, where);
      }
    }
  }

  private void checkValue(final SeriesRecord series, final Object where) {
    final long fraction = image.getLong(series.fractionAt());
    if (fraction != 0) {
      findings.add(series.fractionAt(), "fraction", 0, fraction, where);
    }
    final long baseline = image.getLong(series.baselineAt());
    if ((baseline & ~Layout.HIDDEN) != 0) {
      findings.add(series.baselineAt(), "baseline", 0, baseline, where);
    }
    final long bits = image.getLong(series.valueAt());
    if (series.family().type() == MetricType.STATESET && bits != Layout.UNSET) {
      final int states = series.family().descriptor().states().size();
      final double state = Double.longBitsToDouble(bits);
      if (!(state >= 0 && state <= states && state == Math.rint(state))) {
        findings.add(series.valueAt(), "state", "0 to " + states, state, where);
      }
    }
  }

  private void checkBaseline(
      final SeriesRecord series, final long at, final boolean reachable, final Object where) {
    final int sums = series.family().sums();
    final long length = Layout.BASELINE + (long) sums * Long.BYTES;
    if (!takeBytes(at, length, series.baselineAt(), "baseline", where)) {
      return;
    }
    if (image.getLong(at + 8) != sums) {
      findings.add(at + 8, "baseline sums", sums, image.getLong(at + 8), where);
      return;
    }
    if (image.getLong(at) < series.createdMillis()) {
      findings.add(
          at,
          "baseline time",
          "not before the creation, " + series.createdMillis(),
          image.getLong(at),
          where);
    }
    if (reachable) {
      checkSums(series, at, where);
    }
  }

  /** Whole amounts only grow; those of a baseline were read before what is read now. */
  private void checkSums(final SeriesRecord series, final Long baseline, final Object where) {
    final FamilyRecord family = series.family();
    final int wholes = family.type() == MetricType.COUNTER ? 1 : family.cells() - 1;
    final Segment home =
        directory.find(Layout.CELLS, series.cellsAt(), (long) family.cells() * Long.BYTES);
    for (int i = 0; i < wholes; i++) {
      final long at = series.cellsAt() + (long) i * Long.BYTES;
      long sum = 0;
      for (int stripe = 0; stripe < home.stripes(); stripe++) {
        sum += image.getLong(at + stripe * home.stride());
      }
      final long least =
          baseline == null ? 0 : image.getLong(baseline + Layout.BASELINE + (long) i * Long.BYTES);
      if (sum - least < 0) {
        findings.add(
            at,
            baseline == null ? "count" : "count since removal",
            "at least " + least,
            sum,
            where);
      }
    }
  }

  private void checkParts(final SeriesRecord series, final Object where) {
    int row = 0;
    if (takeCells(series.cellsAt(), 2, series.offset() + 40, "parts", where)) {
      checkOwners(series.cellsAt(), row, where);
    }
    row += stripes;
    long from = series.fractionAt();
    for (long node = image.getLong(from); node != 0; from = node, node = image.getLong(node)) {
      if (row >= Layout.PROCESS_ROWS) {
        findings.add(from, "part blocks", Layout.partBlocks(stripes) + " at most", "more", where);
        return;
      }
      if (!takeBytes(node, Layout.PART_BLOCK, from, "part block", where)) {
        return;
      }
      final long cells = image.getLong(node + 8);
      if (takeCells(cells, 2, node + 8, "parts", where)) {
        checkOwners(cells, row, where);
      }
      row += stripes;
    }
    if ((image.getLong(series.baselineAt()) & Layout.OFFSET_MASK) != 0) {
      retired.add(series);
    }
  }

  private void checkOwners(final long cells, final int firstRow, final Object where) {
    final Segment home = directory.find(Layout.CELLS, cells, 16);
    for (int stripe = 0; stripe < home.stripes(); stripe++) {
      final long at = cells + stripe * home.stride();
      final long owner = image.getLong(at);
      if (owner != 0) {
        final int row = firstRow + stripe;
        if (row >= Layout.PROCESS_ROWS) {
          findings.add(at, "part owner", "0, as there is no row " + row, owner, where);
        } else {
          checkIncarnation(at, owner, row, "part owner", where);
        }
      }
    }
  }

  /** A number was given out, and its process has one row. */
  private void checkIncarnation(
      final long at, final long owner, final int row, final String check, final Object where) {
    final long most = image.getLong(Layout.INCARNATIONS_AT);
    if (owner < 0 || owner > most) {
      findings.add(at, check, "an incarnation from 1 to " + most, owner, where);
      return;
    }
    final Integer other = rows.putIfAbsent(owner, row);
    if (other != null && other != row) {
      findings.add(
          at,
          check,
          "no incarnation of another row than " + row,
          owner + " of row " + other,
          where);
    }
  }

  /**
   * Checks what is retired, when all else has been: its blocks are used again when they are
   * replaced, so that only the word that leads to one says whose it is, and for how long.
   */
  void checkRetired() {
    for (final SeriesRecord series : retired) {
      final List<Finding> wrong = new ArrayList<>();
      long word;
      do {
        wrong.clear();
        word = image.getLong(series.baselineAt());
        checkRetired(series, word & Layout.OFFSET_MASK, wrong::add);
      } while (!wrong.isEmpty() && image.getLong(series.baselineAt()) != word);
      wrong.forEach(findings::add);
    }
    checkShared();
  }

  private void checkRetired(final SeriesRecord series, final long at, final Findings wrong) {
    if (at == 0) {
      return; // removed meanwhile
    }
    final Object where = series;
    if (!isRecordRange(at, Layout.RETIRED_BLOCK)) {
      wrong.add(series.baselineAt(), "retired", "an offset in a segment of records", at, where);
      return;
    }
    final long row = image.getLong(at + 8);
    final long incarnation = image.getLong(at + 16);
    if (row < 0 || row >= Layout.PROCESS_ROWS) {
      wrong.add(at + 8, "retired row", "0 to " + (Layout.PROCESS_ROWS - 1), row, where);
    }
    final long most = image.getLong(Layout.INCARNATIONS_AT);
    if (incarnation < 0 || incarnation > most) {
      wrong.add(at + 16, "retired incarnation", "0 to " + most, incarnation, where);
    }
    final Integer other = rows.get(incarnation);
    if (incarnation != 0 && other != null && other != row) {
      wrong.add(at + 8, "retired row", other + ", the row of " + incarnation, row, where);
    }
  }

  private void checkShared() {
    final Map<Long, SeriesRecord> byBlock = new HashMap<>();
    for (final SeriesRecord series : retired) {
      final long word = image.getLong(series.baselineAt());
      final long at = word & Layout.OFFSET_MASK;
      final Segment home = at == 0 || (at & 7) != 0 ? null : find(at, Layout.RETIRED_BLOCK);
      if (home == null) {
        continue;
      }
      final SeriesRecord other = byBlock.put(at, series);
      final boolean free = ownership.take(home, at, Layout.RETIRED_BLOCK);
      if (!free
          && image.getLong(series.baselineAt()) == word
          && (other == null || (image.getLong(other.baselineAt()) & Layout.OFFSET_MASK) == at)) {
        findings.add(
            series.baselineAt(), "retired", "bytes of its own", at + ", another's", series);
      }
    }
  }

  /** Takes cells; false if they cannot be reached. */
  private boolean takeCells(
      final long at, final int count, final long from, final String check, final Object where) {
    final long length = (long) count * Long.BYTES;
    final Segment home = (at & 7) == 0 ? directory.find(Layout.CELLS, at, length) : null;
    if (home == null || at - home.offset() > home.stride() - length) {
      findings.add(from, check, "an offset in the first stripe of a segment of cells", at, where);
      return false;
    }
    final long last = (at - home.offset()) / Long.BYTES + count;
    if (last > directory.used(home)) {
      findings.add(
          from,
          check,
          "cells before the " + (directory.used(home) + 1) + "th of " + home,
          last + "th",
          where);
    }
    if (!ownership.take(home, at, length)) {
      findings.add(from, check, "cells of its own", at + ", another's", where);
    }
    return true;
  }

  /** Takes bytes of a segment of records; false if they cannot be reached. */
  private boolean takeBytes(
      final long at, final long length, final long from, final String check, final Object where) {
    if (!isRecordRange(at, length)) {
      findings.add(from, check, "an offset in a segment of records", at, where);
      return false;
    }
    final Segment home = find(at, length);
    if (!ownership.take(home, at, length)) {
      findings.add(from, check, "bytes of its own", at + ", another's", where);
    }
    final long end = at + length - home.offset();
    if (end > directory.used(home)) {
      findings.add(
          from,
          check,
          "within the " + directory.used(home) + " bytes taken of " + home,
          end,
          where);
    }
    return true;
  }

  private boolean isRecordRange(final long at, final long length) {
    return (at & 7) == 0 && find(at, length) != null;
  }

  private Segment find(final long at, final long length) {
    return directory.find(Layout.RECORDS, at, length);
  }
}
