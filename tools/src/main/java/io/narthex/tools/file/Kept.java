package io.narthex.tools.file;

import io.narthex.GaugeMode;
import io.narthex.tools.file.Parts.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a file a compacted one gets: the active families, and of their series those that are
 * shown, with what they show. For a file that nobody writes to.
 */
final class Kept {
  private static final List<Part> NONE = List.of();

  /**
   * A family with its series.
   *
   * @param bytes of its record
   */
  @SuppressWarnings("ArrayRecordComponent") // not compared, and nobody writes to it
  record Family(FamilyRecord family, byte[] bytes, List<Series> series) {}

  /**
   * A series.
   *
   * @param offset of its record, by which series are in order
   * @param createdMillis when it was created or last removed
   * @param wholes of a counter its whole amounts, of a histogram or summary its buckets, else none
   * @param bits of all other amounts of a counter, of the sum, or of the value
   * @param parts of processes that are known by their rows
   * @param retired what dead processes left, in one value
   */
  @SuppressWarnings("ArrayRecordComponent") // not compared, and nobody writes to it
  record Series(
      long offset,
      byte[] text,
      boolean overflow,
      long createdMillis,
      long[] wholes,
      long bits,
      List<Part> parts,
      long retired) {}

  private final List<Family> families = new ArrayList<>();
  private final FileImage image;
  private final Directory directory;
  private final ProcessRows processes;
  private final ValueReader values;
  private final Map<Long, Family> byOffset = new HashMap<>();
  private final Set<Integer> rows = new HashSet<>();
  private long dropped;
  private long damaged;
  private long out;

  private Kept(final FileImage image, final Directory directory, final ProcessRows processes) {
    this.image = image;
    this.directory = directory;
    this.processes = processes;
    this.values = new ValueReader(image, directory, processes, (int) Header.read(image).stripes());
  }

  static Kept of(final FileImage image, final Directory directory, final ProcessRows processes) {
    final Kept kept = new Kept(image, directory, processes);
    kept.collect();
    return kept;
  }

  private void collect() {
    final RecordReader records = new RecordReader(image, directory, Findings.NONE);
    new IndexWords(image, directory)
        .forEach(
            (k, segment, number, word) -> {
              final long offset = IndexWords.offset(word);
              switch (records.kind(offset)) {
                case Layout.FAMILY -> {
                  final FamilyRecord family = records.family(offset);
                  if (family == null) {
                    damaged++;
                  } else if (family(family) == null) {
                    out++;
                  }
                }
                case Layout.SERIES -> {
                  final SeriesRecord series = records.series(offset);
                  if (series == null || !IndexWords.hasTagOf(word, series.hash())) {
                    damaged++;
                  } else {
                    add(series);
                  }
                }
                default -> damaged++;
              }
            });
    families.addAll(byOffset.values());
    // As they were made, which is the order in which a page has them.
    families.forEach(family -> family.series.sort(Comparator.comparing(Series::offset)));
    families.sort(
        Comparator.comparing((Family family) -> family.family.name())
            .thenComparing(family -> family.family.offset()));
  }

  /** The entry of a family; null if it is not active. */
  private Family family(final FamilyRecord family) {
    return image.getLong(family.stateAt()) == Layout.ACTIVE
        ? byOffset.computeIfAbsent(
            family.offset(),
            at -> new Family(family, image.copy(at, family.length()), new ArrayList<>()))
        : null;
  }

  private void add(final SeriesRecord series) {
    final Family family = family(series.family());
    if (family == null) {
      dropped++;
      return;
    }
    switch (SeriesState.of(series, values)) {
      case DAMAGED -> damaged++;
      case HIDDEN -> dropped++;
      default -> {
        final Series kept = series.family().hasParts() ? parts(series) : numbers(series);
        if (kept == null) {
          dropped++;
        } else if (Arrays.stream(kept.wholes).anyMatch(whole -> whole < 0)) {
          damaged++; // by an altered cell or baseline
        } else {
          family.series.add(kept);
        }
      }
    }
  }

  private Series numbers(final SeriesRecord series) {
    final SeriesValue numbers = values.numbers(series);
    // As they are, where they are not computed: a NaN may have a payload.
    final long bits =
        series.family().cells() == 0
            ? image.getLong(series.valueAt())
            : Double.doubleToRawLongBits(numbers.number());
    return new Series(
        series.offset(),
        series.text(),
        series.isOverflow(),
        numbers.createdMillis(),
        numbers.wholes(),
        bits,
        NONE,
        Layout.UNSET);
  }

  private Series parts(final SeriesRecord series) {
    final Parts parts = values.counting(series);
    final GaugeMode mode = ValueReader.mode(series.family());
    final boolean keepsRows = mode == GaugeMode.ALL;
    final boolean folds = mode == GaugeMode.SUM || mode == GaugeMode.MIN || mode == GaugeMode.MAX;
    if (!keepsRows && !folds) {
      return null; // of processes that are alive, and nobody is
    }
    if (keepsRows) {
      parts.parts().forEach(part -> rows.add(part.row()));
    }
    return new Series(
        series.offset(),
        series.text(),
        series.isOverflow(),
        series.createdMillis(),
        new long[0],
        0,
        keepsRows ? parts.parts() : NONE,
        folds ? parts.combined(mode) : Layout.UNSET);
  }

  /** In the order of names. */
  List<Family> families() {
    return families;
  }

  long series() {
    return families.stream().mapToLong(family -> family.series.size()).sum();
  }

  /** The rows of the process table that parts are known by, in their order. */
  List<ProcessRow> rows() {
    return processes.rows().stream().filter(row -> rows.contains(row.row())).toList();
  }

  /** Series that are removed, never set, of no active metric, or of dead processes alone. */
  long dropped() {
    return dropped;
  }

  /** Families that were unregistered or never became active. */
  long out() {
    return out;
  }

  /** Records that cannot be read. */
  long damaged() {
    return damaged;
  }
}
