package io.narthex.tools.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is in a file and how full it is, as far as it can be read. */
final class Overview {
  /** The index words that a look-up reads: up to 2, 4, 8 and so on. */
  private static final int PROBE_CLASSES = 16;

  final FileImage image;
  final Header header;
  final Directory directory;
  final ProcessRows processes;

  /** Words that are filled, by the number of the index. */
  final List<Long> words = new ArrayList<>();

  /** How many records a look-up finds at the first word, by the 2nd, 4th, 8th and so on. */
  final long[] probes = new long[PROBE_CLASSES];

  long probeSum;
  long mostProbes;
  long found;
  long badRecords;

  private final Map<Long, MetricUse> metrics = new HashMap<>();

  private Overview(final FileImage image) {
    this.image = image;
    this.header = Header.read(image);
    this.directory = new Directory(image);
    this.processes = new ProcessRows(image, header.seed());
  }

  static Overview of(final FileImage image) {
    final Overview overview = new Overview(image);
    overview.walk();
    return overview;
  }

  private void walk() {
    final RecordReader records = new RecordReader(image, directory, Findings.NONE);
    final IndexWords index = new IndexWords(image, directory);
    final ValueReader values = new ValueReader(image, directory, processes, stripes());
    index.forEach(
        (k, segment, number, word) -> {
          while (words.size() <= k) {
            words.add(0L);
          }
          words.set(k, words.get(k) + 1);
          final long offset = IndexWords.offset(word);
          switch (records.kind(offset)) {
            case Layout.FAMILY -> {
              final FamilyRecord family = records.family(offset);
              if (family == null) {
                badRecords++;
              } else {
                use(family).recordBytes += family.length();
                probe(k, segment, number, family.hash());
              }
            }
            case Layout.SERIES -> {
              final SeriesRecord series = records.series(offset);
              if (series == null || !IndexWords.hasTagOf(word, series.hash())) {
                badRecords++;
              } else {
                add(series, values);
                probe(k, segment, number, series.hash());
              }
            }
            default -> badRecords++;
          }
        });
  }

  private int stripes() {
    return header.hasPossibleStripes() ? (int) header.stripes() : 1;
  }

  private MetricUse use(final FamilyRecord family) {
    return metrics.computeIfAbsent(
        family.offset(), at -> new MetricUse(family, image.getLong(family.stateAt())));
  }

  private void add(final SeriesRecord series, final ValueReader values) {
    final MetricUse use = use(series.family());
    final SeriesState state = SeriesState.of(series, values);
    if (state == SeriesState.DAMAGED) {
      badRecords++;
      return;
    }
    final long records = series.length() + notes(series);
    final long cells = cells(series);
    use.series++;
    use.recordBytes += records;
    use.cellBytes += cells;
    if (state == SeriesState.SHOWN) {
      use.shown++;
    } else {
      use.hiddenBytes += records + cells;
    }
  }

  /** The bytes of the blocks that belong to a series. */
  private long notes(final SeriesRecord series) {
    final FamilyRecord family = series.family();
    final long word = image.getLong(series.baselineAt());
    if (family.hasParts()) {
      return (long) partBlocks(series) * Layout.PART_BLOCK
          + ((word & Layout.OFFSET_MASK) == 0 ? 0 : Layout.RETIRED_BLOCK);
    }
    return (word & ~Layout.HIDDEN) == 0 ? 0 : Layout.BASELINE + 8L * family.sums();
  }

  private long cells(final SeriesRecord series) {
    final FamilyRecord family = series.family();
    long cells = family.cells();
    if (family.hasParts()) {
      cells += 2L * partBlocks(series);
    } else if (cells > 0 && image.getLong(series.fractionAt()) != 0) {
      cells++;
    }
    return cells * Long.BYTES * stripes();
  }

  /** How many blocks a series has beyond its own cells. */
  private int partBlocks(final SeriesRecord series) {
    int count = 0;
    for (long node = image.getLong(series.fractionAt());
        node != 0
            && (node & 7) == 0
            && count < Layout.partBlocks(stripes())
            && directory.find(Layout.RECORDS, node, Layout.PART_BLOCK) != null;
        node = image.getLong(node)) {
      count++;
    }
    return count;
  }

  private void probe(final int k, final Segment segment, final int number, final long hash) {
    final long before = k * header.window();
    final long length = before + IndexWords.distance(segment, number, hash) + 1;
    final int place = Long.SIZE - Long.numberOfLeadingZeros(length - 1);
    probes[Math.min(place, PROBE_CLASSES - 1)]++;
    probeSum += length;
    mostProbes = Math.max(mostProbes, length);
    found++;
  }

  /** Of all states, those with most series first. */
  List<MetricUse> metrics() {
    return metrics.values().stream()
        .sorted(
            Comparator.comparingLong((MetricUse use) -> -use.series)
                .thenComparing(use -> use.family.name())
                .thenComparing(use -> use.family.offset()))
        .toList();
  }

  long series() {
    return metrics.values().stream().mapToLong(use -> use.series).sum();
  }

  /** Series that a scrape shows. */
  long shown() {
    return metrics.values().stream().filter(MetricUse::isActive).mapToLong(use -> use.shown).sum();
  }

  long activeMetrics() {
    return metrics.values().stream().filter(MetricUse::isActive).count();
  }

  /** Bytes of what is removed or unregistered, so that a compacted file has them no more. */
  long hiddenBytes() {
    return metrics.values().stream()
        .mapToLong(use -> use.isActive() ? use.hiddenBytes : use.bytes())
        .sum();
  }

  /** Bytes that are taken and that nothing leads to. */
  long lostBytes() {
    long taken = 0;
    for (final Segment segment : directory.segments()) {
      if (segment.kind() != Layout.INDEX) {
        taken += used(segment) * segment.unit();
      }
    }
    return Math.max(0, taken - metrics.values().stream().mapToLong(MetricUse::bytes).sum());
  }

  /** Units taken of a segment, as far as that is possible. */
  long used(final Segment segment) {
    return Math.max(0, Math.min(segment.capacity(), directory.used(segment)));
  }

  /** Bytes in all segments that nobody has taken. */
  long freeBytes() {
    long free = 0;
    for (final Segment segment : directory.segments()) {
      free += (segment.capacity() - used(segment)) * segment.unit();
    }
    return free;
  }

  long wasted() {
    return image.getLong(Layout.WASTED_AT);
  }
}
