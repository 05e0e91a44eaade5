package io.narthex.tools.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Checks that a look-up of a record's key comes to that record. Which words are filled is kept in
 * bits, as a name that was registered again and again has its window full in hundreds of indexes.
 */
final class IndexCheck {
  private final FileImage image;
  private final IndexWords words;
  private final RecordReader records;
  private final int window;
  private final Findings findings;
  private final KeyTable keys;

  /** The words of each index that were filled when it was first looked at, or later. */
  private final List<BitSet> filled = new ArrayList<>();

  private List<Segment> indexes = List.of();

  IndexCheck(
      final FileImage image,
      final IndexWords words,
      final RecordReader records,
      final int window,
      final Findings findings) {
    this.image = image;
    this.words = words;
    this.records = records;
    this.window = window;
    this.findings = findings;
    this.keys = new KeyTable(image);
  }

  /**
   * Checks the word of a family.
   *
   * @param last the number of its index
   */
  void family(final int last, final int number, final FamilyRecord family) {
    checkPlace(last, number, family.hash(), family);
    if (isIn(family)) {
      final long other =
          keys.put(family.hash(), family.offset(), offset -> isFamilyOf(offset, family.name()));
      // The own one again: who unregisters and registers makes another one.
      if (other != 0 && isIn(family)) {
        tellTwice(last, number, family.offset(), other, family);
      }
    }
  }

  private boolean isFamilyOf(final long offset, final String name) {
    if (records.kind(offset) != Layout.FAMILY) {
      return false;
    }
    final FamilyRecord other = records.family(offset);
    return other != null && isIn(other) && other.name().equals(name);
  }

  /** Whether a family is neither rejected nor retired. */
  private boolean isIn(final FamilyRecord family) {
    final long state = image.getLong(family.stateAt());
    return state == Layout.PENDING || state == Layout.ACTIVE;
  }

  /** Checks the word of a series. */
  void series(final int last, final int number, final SeriesRecord series) {
    checkPlace(last, number, series.hash(), series);
    final long other =
        keys.put(series.hash(), series.offset(), offset -> isSeriesOf(offset, series));
    if (other != 0) {
      tellTwice(last, number, series.offset(), other, series);
    }
  }

  private boolean isSeriesOf(final long offset, final SeriesRecord series) {
    if (records.kind(offset) != Layout.SERIES) {
      return false;
    }
    final SeriesRecord other = records.series(offset);
    return other != null
        && other.family().offset() == series.family().offset()
        && Arrays.equals(other.text(), series.text());
  }

  private void tellTwice(
      final int last, final int number, final long own, final long other, final Object where) {
    findings.add(
        IndexWords.at(indexes.get(last), number),
        "key twice",
        "one record, at " + other,
        "another at " + own,
        where);
  }

  private void checkPlace(final int last, final int number, final long hash, final Object where) {
    if (indexes.size() <= last) {
      indexes = words.indexes();
    }
    final Segment home = indexes.get(last);
    final int distance = IndexWords.distance(home, number, hash);
    if (distance >= window) {
      findings.add(
          IndexWords.at(home, number),
          "index place",
          "within " + window + " words from where its key's look-up begins",
          "the " + (distance + 1) + "th",
          where);
      return;
    }
    for (int k = 0; k <= last; k++) {
      final int hole = hole(k, hash, k < last ? window : distance);
      if (hole >= 0) {
        findings.add(
            IndexWords.at(indexes.get(k), hole),
            "index hole",
            "no empty word before that at " + IndexWords.at(home, number),
            "0",
            where);
        return;
      }
    }
  }

  /** The first empty word among those where the look-up of a hash begins; -1 if there is none. */
  private int hole(final int k, final long hash, final int count) {
    final Segment index = indexes.get(k);
    final int size = IndexWords.wordsOf(index);
    while (filled.size() <= k) {
      filled.add(null);
    }
    BitSet bits = filled.get(k);
    if (bits == null) {
      bits = new BitSet(size);
      for (int i = 0; i < size; i++) {
        bits.set(i, words.word(index, i) != 0);
      }
      filled.set(k, bits);
    }
    final int first = (int) (hash & (size - 1));
    final int beforeEnd = Math.min(count, size - first);
    final int hole = hole(index, bits, first, first + beforeEnd);
    return hole >= 0 ? hole : hole(index, bits, 0, count - beforeEnd);
  }

  private int hole(final Segment index, final BitSet bits, final int from, final int to) {
    for (int at = bits.nextClearBit(from); at < to; at = bits.nextClearBit(at)) {
      if (words.word(index, at) == 0) {
        return at;
      }
      bits.set(at); // filled since
    }
    return -1;
  }
}
