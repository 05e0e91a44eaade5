package io.narthex.tools.file;

import io.narthex.GaugeMode;
import io.narthex.backend.MetricType;
import io.narthex.tools.file.Parts.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads what series show out of the cells of a file, which others may be writing to. */
final class ValueReader {
  /** So that nobody who removes a series again and again can hold this up. */
  private static final int MAX_ATTEMPTS = 16;

  private static final long[] NONE = {};

  private final FileImage image;
  private final Directory directory;
  private final ProcessRows processes;
  private final int stripes;

  /**
   * Reads values.
   *
   * @param stripes as the header says, a possible number
   */
  ValueReader(
      final FileImage image,
      final Directory directory,
      final ProcessRows processes,
      final int stripes) {
    this.image = image;
    this.directory = directory;
    this.processes = processes;
    this.stripes = stripes;
  }

  /** What a series without parts shows; null if what it needs cannot be reached. */
  SeriesValue numbers(final SeriesRecord series) {
    if (series.family().cells() == 0) {
      final long bits = image.getLong(series.valueAt());
      return new SeriesValue(
          bits != Layout.UNSET, series.createdMillis(), NONE, Double.longBitsToDouble(bits));
    }
    for (int attempt = 1; ; attempt++) {
      final long word = image.getLong(series.baselineAt());
      final SeriesValue raw = raw(series);
      if (raw == null) {
        return null;
      }
      if (image.getLong(series.baselineAt()) == word || attempt == MAX_ATTEMPTS) {
        return since(series, raw, word);
      }
    }
  }

  /** The sums since the series was made. */
  private SeriesValue raw(final SeriesRecord series) {
    final FamilyRecord family = series.family();
    final int cells = family.cells();
    final Segment home = cells(series.cellsAt(), cells);
    if (home == null || series.cells() != cells) {
      return null;
    }
    final long[] wholes = new long[family.type() == MetricType.COUNTER ? 1 : cells - 1];
    for (int i = 0; i < wholes.length; i++) {
      wholes[i] = sumLongs(home, series.cellsAt() + (long) i * Long.BYTES);
    }
    final double number;
    if (family.type() == MetricType.COUNTER) {
      final double value = image.getDouble(series.valueAt());
      final long at = image.getLong(series.fractionAt());
      final Segment fractions = at == 0 ? null : cells(at, 1);
      if (at != 0 && fractions == null) {
        return null;
      }
      number = at == 0 ? value : value + sumDoubles(fractions, at);
    } else {
      number = sumDoubles(home, series.cellsAt() + (long) wholes.length * Long.BYTES);
    }
    return new SeriesValue(true, series.createdMillis(), wholes, number);
  }

  private SeriesValue since(final SeriesRecord series, final SeriesValue raw, final long word) {
    final boolean hidden = (word & Layout.HIDDEN) != 0;
    final long at = word & ~Layout.HIDDEN;
    long created = raw.createdMillis();
    final long[] wholes = raw.wholes();
    double number = raw.number();
    final boolean counter = series.family().type() == MetricType.COUNTER;
    if (at != 0) {
      final int sums = series.family().sums();
      if (directory.find(Layout.RECORDS, at, Layout.BASELINE + 8L * sums) == null
          || (at & 7) != 0) {
        return null;
      }
      created = image.getLong(at);
      for (int i = 0; i < wholes.length; i++) {
        wholes[i] -= image.getLong(at + Layout.BASELINE + 8L * i);
      }
      number -= image.getDouble(at + Layout.BASELINE + 8L * (sums - 1));
      if (counter && number < 0) {
        number = 0; // it was not finite, and is being set to zero for a removal
      }
    }
    final SeriesValue left = new SeriesValue(true, created, wholes, number);
    final boolean isShown = !hidden || left.count() != 0 || (counter && number != 0);
    return new SeriesValue(isShown, created, wholes, number);
  }

  /** The parts of a series that has some; null if they cannot be reached. */
  Parts parts(final SeriesRecord series) {
    Parts parts;
    int attempt = 0;
    long word;
    do {
      word = image.getLong(series.baselineAt());
      parts = parts(series, word & Layout.OFFSET_MASK);
      attempt++;
    } while (image.getLong(series.baselineAt()) != word && attempt < MAX_ATTEMPTS);
    return parts;
  }

  private Parts parts(final SeriesRecord series, final long retiredAt) {
    long retired = Layout.UNSET;
    long goneRow = 0;
    long gone = 0;
    if (retiredAt != 0) {
      if (directory.find(Layout.RECORDS, retiredAt, Layout.RETIRED_BLOCK) == null
          || (retiredAt & 7) != 0) {
        return null;
      }
      retired = image.getLong(retiredAt);
      goneRow = image.getLong(retiredAt + 8);
      gone = image.getLong(retiredAt + 16);
    }
    final List<Part> parts = new ArrayList<>();
    final long[] blocks = blocks(series);
    if (blocks == null) {
      return null;
    }
    for (int block = 0; block < blocks.length; block++) {
      final Segment home = cells(blocks[block], 2);
      if (home == null) {
        return null;
      }
      for (int stripe = 0; stripe < home.stripes(); stripe++) {
        final int row = block * stripes + stripe;
        final long at = blocks[block] + stripe * home.stride();
        final long owner = image.getLong(at);
        final long bits = image.getLong(at + 8);
        if (owner != 0
            && row < Layout.PROCESS_ROWS
            && bits != Layout.UNSET
            && image.getLong(at) == owner
            && !(gone != 0 && owner == gone && row == goneRow)) {
          parts.add(new Part(row, owner, bits));
        }
      }
    }
    return new Parts(parts, retired);
  }

  /** Where the cells of each block begin; null if one cannot be reached. */
  private long[] blocks(final SeriesRecord series) {
    final long[] blocks = new long[Layout.partBlocks(stripes)];
    blocks[0] = series.cellsAt();
    int count = 1;
    for (long node = image.getLong(series.fractionAt());
        node != 0 && count < blocks.length;
        node = image.getLong(node)) {
      if ((node & 7) != 0 || directory.find(Layout.RECORDS, node, Layout.PART_BLOCK) == null) {
        return null;
      }
      blocks[count] = image.getLong(node + 8);
      count++;
    }
    return Arrays.copyOf(blocks, count);
  }

  /** The parts that a scrape would show or combine. */
  Parts counting(final SeriesRecord series) {
    final Parts all = parts(series);
    if (all == null) {
      return null;
    }
    final GaugeMode mode = mode(series.family());
    final List<Part> counting =
        switch (mode) {
          case LIVE_SUM, LIVE_MIN, LIVE_MAX, LIVE_ALL ->
              all.parts().stream()
                  .filter(part -> processes.isAlive(part.row(), part.owner()))
                  .toList();
          case ALL ->
              all.parts().stream()
                  .filter(part -> processes.isOwner(part.row(), part.owner()))
                  .toList();
          default -> all.parts();
        };
    return new Parts(counting, all.retired());
  }

  /** How the parts of a family's series make a value. */
  static GaugeMode mode(final FamilyRecord family) {
    return family.type() == MetricType.INFO ? GaugeMode.LIVE_MAX : family.descriptor().gaugeMode();
  }

  /** The segment of cells that lie whole in its first stride; null if there is none. */
  private Segment cells(final long at, final int count) {
    final Segment home = directory.find(Layout.CELLS, at, (long) count * Long.BYTES);
    return home != null
            && (at & 7) == 0
            && at - home.offset() <= home.stride() - (long) count * Long.BYTES
        ? home
        : null;
  }

  private long sumLongs(final Segment home, final long at) {
    long sum = 0;
    for (int stripe = 0; stripe < home.stripes(); stripe++) {
      sum += image.getLong(at + stripe * home.stride());
    }
    return sum;
  }

  private double sumDoubles(final Segment home, final long at) {
    double sum = 0;
    for (int stripe = 0; stripe < home.stripes(); stripe++) {
      sum += image.getDouble(at + stripe * home.stride());
    }
    return sum;
  }
}
