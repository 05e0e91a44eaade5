package io.narthex.backend.mapped;

import io.narthex.backend.EngineLog;
import io.narthex.backend.FamilyDescriptor;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the index words show, grouped by family in this process's own memory. The words are the only
 * list there is, so nothing can be missing from it. A look at words that are all known takes no
 * lock and allocates nothing; only what is new is read, checked and sorted in, under one.
 */
final class Catalog {
  private static final EngineLog LOG = EngineLog.of(Catalog.class);
  private static final Comparator<FamilyEntry> ORDER =
      Comparator.comparing((FamilyEntry entry) -> entry.descriptor.name())
          .thenComparingLong(entry -> entry.offset);

  private final Segments segments;
  private final Records records;
  private final Object lock = new Object();
  private final Map<Long, FamilyEntry> byOffset = new HashMap<>();
  private volatile long[][] seen = {};
  private volatile FamilyEntry[] families = {};
  private final Set<Long> badRecords = new HashSet<>();

  Catalog(final Segments segments, final Records records) {
    this.segments = segments;
    this.records = records;
  }

  /** All families with their series, in the order of their names, as of now. */
  FamilyEntry[] refresh() {
    if (segments.hasMore()) {
      segments.refresh();
    }
    if (hasNew()) {
      synchronized (lock) {
        collect();
      }
    }
    return families;
  }

  /** The families as of the last refresh, with which a visit begins. */
  FamilyEntry[] families() {
    return families;
  }

  /**
   * One family.
   *
   * @return null if its record is damaged
   */
  FamilyEntry family(final long offset) {
    synchronized (lock) {
      final FamilyEntry known = byOffset.get(offset);
      if (known != null) {
        return known;
      }
      final FamilyEntry added = add(offset);
      if (added != null) {
        publish();
      }
      return added;
    }
  }

  /** How many records were left out because they are damaged. */
  long badRecords() {
    synchronized (lock) {
      return badRecords.size();
    }
  }

  private boolean hasNew() {
    final Segment[] indexes = segments.ofKind(SegmentDescriptor.KIND_INDEX);
    final long[][] known = seen;
    if (known.length < indexes.length) {
      return true;
    }
    for (int k = 0; k < indexes.length; k++) {
      for (int group = 0; group < known[k].length; group++) {
        if (newWords(indexes[k], group, known[k][group]) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The bits of those of 64 words that are not empty and not known. Only the others are looked at:
   * they are mostly empty, so that the processor guesses right.
   */
  private static long newWords(final Segment index, final int group, final long known) {
    long bits = 0;
    final long position = index.mapping.position(index.mapping.fileOffset + group * 512L);
    for (long left = ~known; left != 0; left &= left - 1) {
      final int i = Long.numberOfTrailingZeros(left);
      if (Memory.ACCESS.getLongVolatile(index.mapping.buffer, position + i * 8L) != 0) {
        bits |= 1L << i;
      }
    }
    return bits;
  }

  /**
   * Sorts in what is new. Only then are its words known: whoever finds all words known takes the
   * families without the lock, and they have to be complete.
   */
  private void collect() {
    final Segment[] indexes = segments.ofKind(SegmentDescriptor.KIND_INDEX);
    final long[][] known = Arrays.copyOf(seen, indexes.length);
    final Map<FamilyEntry, Offsets> fresh = new HashMap<>();
    for (int k = 0; k < indexes.length; k++) {
      known[k] =
          k < seen.length ? seen[k].clone() : new long[(int) (indexes[k].mapping.length / 512)];
      for (int group = 0; group < known[k].length; group++) {
        long bits = newWords(indexes[k], group, known[k][group]);
        for (; bits != 0; bits &= bits - 1) {
          final int word = group * Long.SIZE + Long.numberOfTrailingZeros(bits);
          if (collect(indexes[k], word, fresh)) {
            known[k][group] |= Long.lowestOneBit(bits);
          }
        }
      }
    }
    fresh.forEach((family, offsets) -> family.series = offsets.mergedWith(family.series));
    publish();
    seen = known;
  }

  /** Sorts a record in; false if it lies in a segment that cannot be mapped as yet. */
  private boolean collect(
      final Segment index, final int word, final Map<FamilyEntry, Offsets> fresh) {
    final long position = index.mapping.position(index.mapping.fileOffset + word * 8L);
    final long entry = Memory.ACCESS.getLongVolatile(index.mapping.buffer, position);
    final long offset = RecordIndex.offset(entry);
    if (!segments.reach(offset)) {
      return false;
    }
    if (records.kind(offset) == RecordDescriptor.KIND_FAMILY) {
      if (!byOffset.containsKey(offset)) {
        add(offset);
      }
      return true;
    }
    final byte[] record = records.load(offset, RecordDescriptor.KIND_SERIES);
    final FamilyEntry family = isSeriesOf(record, entry) ? familyOf(offset) : null;
    if (family == null || SeriesCodec.cellCount(record) != family.cellCount()) {
      leaveOut(offset);
    } else {
      fresh.computeIfAbsent(family, any -> new Offsets()).add(offset);
    }
    return true;
  }

  /**
   * Whether an index word leads to a whole series of its key. By a word with another tag no look-up
   * finds the series, so that a writer has made it anew: it would be shown twice.
   */
  private static boolean isSeriesOf(final byte[] record, final long word) {
    return record != null
        && SeriesCodec.isWhole(record)
        && RecordIndex.hasTagOf(word, SeriesCodec.hash(record));
  }

  private FamilyEntry familyOf(final long series) {
    final Mapping mapping = records.mapping(series, SeriesRecordDescriptor.TEXT_OFFSET);
    final long offset = Records.longAt(mapping, series + SeriesRecordDescriptor.FAMILY_OFFSET);
    final FamilyEntry known = byOffset.get(offset);
    return known != null ? known : add(offset);
  }

  private FamilyEntry add(final long offset) {
    final byte[] record = records.load(offset, RecordDescriptor.KIND_FAMILY);
    final FamilyDescriptor descriptor = record == null ? null : FamilyCodec.decode(record);
    if (descriptor == null) {
      leaveOut(offset);
      return null;
    }
    final FamilyEntry entry = new FamilyEntry(offset, descriptor);
    byOffset.put(offset, entry);
    return entry;
  }

  private void leaveOut(final long offset) {
    if (badRecords.isEmpty()) {
      PendingFault.tell(); // or it was no record at all
      LOG.log(
          Level.WARNING,
          "{0} is damaged: the record at {1} is left out, the others are served",
          segments.path(),
          Long.toString(offset));
    }
    badRecords.add(offset);
  }

  private void publish() {
    if (byOffset.size() != families.length) {
      final FamilyEntry[] sorted = byOffset.values().toArray(new FamilyEntry[0]);
      Arrays.sort(sorted, ORDER);
      families = sorted;
    }
  }

  /** A growing list of offsets. */
  private static final class Offsets {
    private long[] values = new long[16];
    private int size;

    void add(final long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    /** These and the older ones, sorted, which is the order of their creation, without doubles. */
    long[] mergedWith(final long[] older) {
      final long[] merged = Arrays.copyOf(older, older.length + size);
      System.arraycopy(values, 0, merged, older.length, size);
      Arrays.sort(merged);
      int kept = 0;
      for (int i = 0; i < merged.length; i++) {
        if (i == 0 || merged[i] != merged[i - 1]) {
          merged[kept++] = merged[i];
        }
      }
      return kept == merged.length ? merged : Arrays.copyOf(merged, kept);
    }
  }
}
